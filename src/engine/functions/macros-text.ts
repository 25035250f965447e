import type { Macro } from './macros.ts';

/** Macros for texts: positions and regular expressions. */
export const textMacros: readonly Macro[] = [
  {
    signature: 'db_oct(n)',
    body: "CASE WHEN n>=0 THEN to_base(n::BIGINT,8) ELSE '1'||lpad(to_base(n::BIGINT & 9223372036854775807,8),21,'0') END",
  },
  {
    signature: 'db_instr_from(s, n, p, k)',
    body: "CASE WHEN n='' THEN p WHEN len(string_split(substr(s,p),n))<=k THEN 0 ELSE p+length(array_to_string(string_split(substr(s,p),n)[1:k],''))+(k-1)*length(n) END",
  },
  {
    signature: 'db_instr_back(s, n, q)',
    body: 'CASE WHEN q=0 THEN 0 ELSE length(s)-q-length(n)+2 END',
  },
  {
    signature: 'db_instr(s, n, p, k)',
    body: 'CASE WHEN s IS NULL OR n IS NULL OR p IS NULL OR k IS NULL THEN NULL WHEN p=0 OR k<1 THEN 0 WHEN p>0 THEN db_instr_from(s,n,p,k) ELSE db_instr_back(s,n,db_instr_from(reverse(s),reverse(n),-p,k)) END',
  },
  {
    signature: 'db_regexp_substr(s, p, pos, occ, mt)',
    body: 'regexp_extract_all(substr(s,pos),db_rxflag(p,mt))[occ]',
  },
  // The text before a match is what the split leaves before it and the matches between.
  {
    signature: 'db_regexp_instr(s, p, pos, occ, ret, mt)',
    body: "CASE WHEN len(regexp_extract_all(substr(s,pos),db_rxflag(p,mt)))<occ THEN 0 ELSE pos+length(array_to_string(regexp_split_to_array(substr(s,pos),db_rxflag(p,mt))[1:occ],''))+length(array_to_string(regexp_extract_all(substr(s,pos),db_rxflag(p,mt))[1:occ-1],''))+CASE WHEN ret=1 THEN length(db_regexp_substr(s,p,pos,occ,mt)) ELSE 0 END END",
  },
  { signature: 'db_rxgroups(r)', body: "regexp_replace(replace(r,'\\','\\\\'),'\\$\\{?([0-9])\\}?','\\\\\\1','g')" },
  {
    signature: 'db_regexp_replace(s, p, r, mt)',
    body: "CASE WHEN p='' AND s<>'' THEN s ELSE regexp_replace(s,db_rxflag(p,mt),db_rxgroups(r),'g') END",
  },
  {
    signature: 'db_regexp_replace_at(s, p, r, pos, occ, mt)',
    body: 'CASE WHEN db_regexp_instr(s,p,pos,occ,0,mt)=0 THEN s ELSE substr(s,1,db_regexp_instr(s,p,pos,occ,0,mt)-1)||regexp_replace(db_regexp_substr(s,p,pos,occ,mt),db_rxflag(p,mt),db_rxgroups(r))||substr(s,db_regexp_instr(s,p,pos,occ,1,mt)) END',
  },
  {
    signature: 'db_regexp_replace6(s, p, r, pos, occ, mt)',
    body: 'CASE WHEN occ=0 THEN substr(s,1,pos-1)||db_regexp_replace(substr(s,pos),p,r,mt) ELSE db_regexp_replace_at(s,p,r,pos,occ,mt) END',
  },
];
