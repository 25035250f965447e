import { SqlError } from '../base/errors.ts';
import { textMacros } from './macros-text.ts';

/**
 * SQL macros that DuckDB is given when a query first calls them: Databend's meaning of what DuckDB does otherwise or not at all.
 * Lambda parameters carry the name of their macro, because DuckDB substitutes arguments as text and would capture
 * another lambda's parameter of the same name. An error is raised by a cast that fails lazily over `«kind|message»`;
 * `duck/errors.ts` reads it back.
 */
export interface Macro {
  /** `name(parameters)`. */
  readonly signature: string;
  readonly body: string;
}

export const macros: readonly Macro[] = [
  { signature: 'db_bm_and(a, b)', body: 'list_sort(list_intersect(a,b))::UBIGINT[]' },
  {
    signature: 'db_bm_or(a, b)',
    body: 'CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN list_sort(list_distinct(list_concat(a,b)))::UBIGINT[] END',
  },
  { signature: 'db_bm_not(a, b)', body: 'list_filter(a, lambda x_bm_not: NOT list_contains(b,x_bm_not))::UBIGINT[]' },
  {
    signature: 'db_bm_xor(a, b)',
    body: 'CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN list_sort(list_concat(list_filter(a, lambda x_bm_xor: NOT list_contains(b,x_bm_xor)), list_filter(b, lambda x_bm_xor: NOT list_contains(a,x_bm_xor))))::UBIGINT[] END',
  },
  {
    signature: 'db_list_and_agg(ls)',
    body: 'list_sort(list_reduce(ls, lambda x_list_and_agg,y_list_and_agg: list_intersect(x_list_and_agg,y_list_and_agg)))::UBIGINT[]',
  },
  {
    signature: 'db_bool(s)',
    body: "CASE WHEN lower(trim(s)) IN ('true','1') THEN true WHEN lower(trim(s)) IN ('false','0') THEN false WHEN s IS NULL THEN NULL ELSE CAST(chr(171)||'1006|cannot parse to type `BOOLEAN`'||chr(187) AS BOOLEAN) END",
  },
  {
    signature: 'db_f64_text(x)',
    body: 'CASE WHEN abs(x)>=0.001 AND abs(x)<1e15 THEN CASE WHEN x=trunc(x) THEN x::BIGINT::VARCHAR ELSE x::VARCHAR END ELSE double_text(x) END',
  },
  { signature: 'db_bm(a)', body: 'list_sort(list_distinct(list_filter(a, lambda x_bm: x_bm IS NOT NULL)))::UBIGINT[]' },
  { signature: 'db_fails(m)', body: 'CAST(CAST(chr(171)||m||chr(187) AS UUID) AS VARCHAR)' },
  { signature: 'db_fail(m)', body: 'CAST(chr(171)||m||chr(187) AS DOUBLE)' },
  {
    signature: 'db_divide(a, b)',
    body: "CASE WHEN b::DOUBLE=0 THEN db_fail('1006|divided by zero|divide('||a||', '||b||')') ELSE a::DOUBLE/b::DOUBLE END",
  },
  {
    signature: 'db_intdiv(a, b)',
    body: "CASE WHEN b=0 THEN db_fail('1006|divided by zero|div('||a||', '||b||')')::BIGINT ELSE a//b END",
  },
  {
    signature: 'db_fintdiv(a, b)',
    body: "CASE WHEN b::DOUBLE=0 THEN db_fail('1006|divided by zero|div('||a||', '||b||')')::BIGINT ELSE trunc(a::DOUBLE/b::DOUBLE)::BIGINT END",
  },
  {
    signature: 'db_mod(a, b)',
    body: "CASE WHEN b=0 THEN CAST(chr(171)||'1006|Division by zero|modulo('||a||', '||b||')'||chr(187) AS BIGINT) ELSE a%b END",
  },
  {
    signature: 'db_div0(a, b)',
    body: 'CASE WHEN b::DOUBLE=0 THEN CASE WHEN a IS NULL THEN NULL ELSE 0::DOUBLE END ELSE a::DOUBLE/b::DOUBLE END',
  },
  { signature: 'db_divnull(a, b)', body: 'CASE WHEN b::DOUBLE=0 THEN NULL ELSE a::DOUBLE/b::DOUBLE END' },
  {
    signature: 'db_ln(x)',
    body: "CASE WHEN x::DOUBLE>0 THEN ln(x::DOUBLE) WHEN x::DOUBLE=0 THEN '-inf'::DOUBLE WHEN x IS NULL THEN NULL ELSE 'nan'::DOUBLE END",
  },
  { signature: 'db_log10(x)', body: 'db_ln(x)/ln(10::DOUBLE)' },
  { signature: 'db_log2(x)', body: 'db_ln(x)/ln(2::DOUBLE)' },
  { signature: 'db_logb(b, x)', body: 'db_ln(x)/db_ln(b)' },
  { signature: 'db_sqrt(x)', body: "CASE WHEN x::DOUBLE<0 THEN 'nan'::DOUBLE ELSE sqrt(x::DOUBLE) END" },
  { signature: 'db_asin(x)', body: "CASE WHEN abs(x::DOUBLE)>1 THEN 'nan'::DOUBLE ELSE asin(x::DOUBLE) END" },
  { signature: 'db_acos(x)', body: "CASE WHEN abs(x::DOUBLE)>1 THEN 'nan'::DOUBLE ELSE acos(x::DOUBLE) END" },
  {
    signature: 'db_round(x, n)',
    body: 'CASE WHEN n>0 THEN round(x::DOUBLE*pow(10::DOUBLE,least(n,30)))/pow(10::DOUBLE,least(n,30)) WHEN n<0 THEN round(x::DOUBLE/pow(10::DOUBLE,least(-n,30)))*pow(10::DOUBLE,least(-n,30)) ELSE round(x::DOUBLE) END',
  },
  {
    signature: 'db_trunc(x, n)',
    body: 'CASE WHEN n>0 THEN trunc(x::DOUBLE*pow(10::DOUBLE,least(n,30)))/pow(10::DOUBLE,least(n,30)) WHEN n<0 THEN trunc(x::DOUBLE/pow(10::DOUBLE,least(-n,30)))*pow(10::DOUBLE,least(-n,30)) ELSE trunc(x::DOUBLE) END',
  },
  {
    signature: 'db_factorial(x)',
    body: "CASE WHEN x>20 THEN db_fail('1006|factorial number is out of range, max is: 20')::BIGINT WHEN x<0 THEN db_fail('1006|factorial number is out of range, min is: 0')::BIGINT ELSE factorial(x::INTEGER)::BIGINT END",
  },
  { signature: 'db_unscaled(d)', body: "replace(d::VARCHAR,'.','')::HUGEINT" },
  {
    signature: 'db_rdiv(n, d)',
    body: "CASE WHEN d=0 THEN CAST(chr(171)||'1006|divided by zero'||chr(187) AS HUGEINT) ELSE (CASE WHEN (n<0)<>(d<0) THEN -1 ELSE 1 END)*((2*abs(n)+abs(d))//(2*abs(d))) END",
  },
  {
    signature: 'db_rdiv64(n, d)',
    body: "CASE WHEN d=0 THEN CAST(chr(171)||'1006|divided by zero'||chr(187) AS BIGINT) ELSE (CASE WHEN (n<0)<>(d<0) THEN -1 ELSE 1 END)*((2*abs(n)+abs(d))//(2*abs(d))) END",
  },
  {
    signature: 'db_scaled(q, s)',
    body: "CASE WHEN s=0 THEN q::VARCHAR ELSE (CASE WHEN q<0 THEN '-' ELSE '' END)||substr(lpad(abs(q)::VARCHAR,greatest(s+1,length(abs(q)::VARCHAR))::INTEGER,'0'),1,greatest(length(abs(q)::VARCHAR)-s,1))||'.'||right(lpad(abs(q)::VARCHAR,greatest(s+1,length(abs(q)::VARCHAR))::INTEGER,'0'),s) END",
  },
  {
    signature: 'db_decdiv(a, b, s1, s2, s)',
    body: 'db_scaled(db_rdiv(db_unscaled(a)*(10::HUGEINT**(s2+s-s1))::HUGEINT, db_unscaled(b)),s)',
  },
  {
    signature: 'db_decimal_key(x)',
    body: "CASE WHEN starts_with(x,'-') THEN '0'||translate(lpad(substr(x,2),80,'0'),'0123456789','9876543210') ELSE '1'||lpad(x,80,'0') END",
  },
  { signature: 'db_ts_text(t)', body: "strftime(t,'%Y-%m-%d %H:%M:%S.%f')" },
  { signature: 'db_date_text(d)', body: "strftime(d,'%Y-%m-%d')" },
  {
    signature: 'db_add_months(d, n)',
    body: "CASE WHEN d=last_day(d) THEN last_day((date_trunc('month',d) + to_months(n::INTEGER))::DATE) ELSE (d + to_months(n::INTEGER))::DATE END",
  },
  {
    signature: 'db_add_months_ts(t, n)',
    body: "CASE WHEN t::DATE=last_day(t) THEN last_day(date_trunc('month',t)+to_months(n::INTEGER)) + (t - date_trunc('day',t)) ELSE t + to_months(n::INTEGER) END",
  },
  {
    signature: 'db_clamp_date(d)',
    body: "CASE WHEN d < DATE '0001-01-01' OR d > DATE '9999-12-31' THEN DATE '0001-01-01' ELSE d END",
  },
  {
    signature: 'db_years_date(d)',
    body: "CASE WHEN d < DATE '0001-01-01' OR d > DATE '9999-12-31' THEN CAST(db_fails('1006|Overflow on date YMD ' || strftime(d, '%Y-%-m-%-d')) AS DATE) ELSE d END",
  },
  {
    signature: 'db_years_ts(t)',
    body: "CASE WHEN t < TIMESTAMP '0001-01-01 00:00:00' OR t > TIMESTAMP '9999-12-31 23:59:59.999999' THEN CAST(db_fails('1006|Overflow on date YMD ' || strftime(t, '%Y-%-m-%-d')) AS TIMESTAMP) ELSE t END",
  },
  {
    signature: 'db_clamp_ts(t)',
    body: "CASE WHEN t < TIMESTAMP '0001-01-01 00:00:00' OR t > TIMESTAMP '9999-12-31 23:59:59.999999' THEN TIMESTAMP '0001-01-01 00:00:00' ELSE t END",
  },
  {
    signature: 'db_int_ts(n)',
    body: 'CASE WHEN n > -31536000000 AND n < 31536000000 THEN make_timestamp(n::BIGINT*1000000) WHEN n > -31536000000000 AND n < 31536000000000 THEN make_timestamp(n::BIGINT*1000) ELSE db_clamp_ts(make_timestamp(n::BIGINT)) END',
  },
  {
    signature: 'db_int_date(n)',
    body: "CASE WHEN n < -719162 OR n > 2932896 THEN DATE '0001-01-01' ELSE DATE '1970-01-01' + n::INTEGER END",
  },
  { signature: 'db_floor_us(t, us)', body: 'make_timestamp(epoch_us(t) - ((epoch_us(t) % us) + us) % us)' },
  {
    signature: 'db_sow(d, m)',
    body: "CASE WHEN m=0 THEN (d::DATE - dayofweek(d)::INTEGER) ELSE date_trunc('week',d)::DATE END",
  },
  { signature: 'db_next_dow(d, k)', body: 'd::DATE + ((k - isodow(d) + 6) % 7 + 1)::INTEGER' },
  { signature: 'db_prev_dow(d, k)', body: 'd::DATE - ((isodow(d) - k + 6) % 7 + 1)::INTEGER' },
  { signature: 'db_diff_weeks(a, b)', body: "(date_trunc('week',b)::DATE - date_trunc('week',a)::DATE)//7" },
  { signature: 'db_to_monday(d)', body: "date_trunc('week',d)::DATE" },
  {
    signature: 'db_iso_year_start(d)',
    body: 'make_date(isoyear(d),1,1) + ((8 - isodow(make_date(isoyear(d),1,1))) % 7)::INTEGER',
  },
  {
    signature: 'db_last_of(p, d)',
    body: "CASE p WHEN 'year' THEN make_date(year(d),12,31) WHEN 'quarter' THEN last_day((date_trunc('quarter',d)+INTERVAL 2 MONTH)::DATE) WHEN 'month' THEN last_day(d) WHEN 'week' THEN (date_trunc('week',d)::DATE + 6) END",
  },
  {
    signature: 'db_months_between(a, b)',
    body: '((year(a)-year(b))*12 + month(a)-month(b))::DOUBLE + CASE WHEN day(a)=day(b) OR (a::DATE=last_day(a) AND b::DATE=last_day(b)) THEN 0::DOUBLE ELSE (day(a)-day(b))/31.0::DOUBLE END',
  },
  {
    signature: 'db_dfp(y, m, d)',
    body: '(make_date((y + floor((m-1)/12.0))::BIGINT, ((m-1)%12+12)%12+1, 1) + (d-1)::INTEGER)::DATE',
  },
  {
    signature: 'db_tfp(y, m, d, h, mi, s)',
    body: 'db_dfp(y,m,d)::TIMESTAMP + to_hours(h::BIGINT) + to_minutes(mi::BIGINT) + to_seconds(s::BIGINT)',
  },
  {
    signature: 'db_slice_months(d, k)',
    body: "(DATE '1970-01-01' + to_months((floor(((year(d)-1970)*12+month(d)-1)/k::DOUBLE)*k)::INTEGER))::DATE",
  },
  {
    signature: 'db_slice_days(d, k, off)',
    body: "(DATE '1970-01-01' - off + (floor((d::DATE - (DATE '1970-01-01' - off))/k::DOUBLE)*k)::INTEGER)::DATE",
  },
  {
    signature: 'db_interval_text(i)',
    body: "trim(concat_ws(' ', CASE WHEN datepart('year',i)<>0 THEN datepart('year',i)||CASE WHEN abs(datepart('year',i))=1 THEN ' year' ELSE ' years' END END, CASE WHEN datepart('month',i)<>0 THEN datepart('month',i)||CASE WHEN abs(datepart('month',i))=1 THEN ' month' ELSE ' months' END END, CASE WHEN datepart('day',i)<>0 THEN datepart('day',i)||CASE WHEN abs(datepart('day',i))=1 THEN ' day' ELSE ' days' END END, CASE WHEN datepart('hour',i)=0 AND datepart('minute',i)=0 AND datepart('microsecond',i)=0 THEN CASE WHEN i=INTERVAL 0 SECOND AND datepart('year',i)=0 AND datepart('month',i)=0 AND datepart('day',i)=0 THEN '00:00:00' END ELSE CASE WHEN datepart('hour',i)<0 OR datepart('minute',i)<0 OR datepart('microsecond',i)<0 THEN '-' ELSE '' END||abs(datepart('hour',i))||':'||lpad(abs(datepart('minute',i))::VARCHAR,2,'0')||':'||lpad((abs(datepart('microsecond',i))//1000000)::VARCHAR,2,'0')||CASE WHEN datepart('microsecond',i)%1000000<>0 THEN '.'||rtrim(lpad((abs(datepart('microsecond',i))%1000000)::VARCHAR,6,'0'),'0') ELSE '' END END))",
  },
  {
    signature: 'db_substr(s, p)',
    body: "CASE WHEN p=0 OR -p>length(s) THEN CASE WHEN s IS NULL THEN NULL ELSE '' END ELSE substr(s,p::BIGINT) END",
  },
  {
    signature: 'db_substr3(s, p, l)',
    body: "CASE WHEN l<0 THEN db_fails('1006|number overflowed') WHEN p=0 OR -p>length(s) OR l=0 THEN CASE WHEN s IS NULL OR l IS NULL THEN NULL ELSE '' END ELSE substr(s,p::BIGINT,l::BIGINT) END",
  },
  {
    signature: 'db_left(s, n)',
    body: "CASE WHEN n<0 THEN db_fails('1006|number overflowed') ELSE left(s,n::BIGINT) END",
  },
  {
    signature: 'db_right(s, n)',
    body: "CASE WHEN n<0 THEN db_fails('1006|number overflowed') ELSE right(s,n::BIGINT) END",
  },
  {
    signature: 'db_lpad(s, n, p)',
    body: "CASE WHEN n>1000000 THEN db_fails('1006|padding length '''||n||''' is too big, max is: ''1000000''') WHEN p='' AND n>length(s) THEN db_fails('1006|can''t fill the '''||s||''' length to '''||n||''' with an empty pad string') WHEN n<0 THEN db_fails('1006|number overflowed') ELSE lpad(s,n::INTEGER,CASE WHEN p='' THEN ' ' ELSE p END) END",
  },
  {
    signature: 'db_rpad(s, n, p)',
    body: "CASE WHEN n>1000000 THEN db_fails('1006|padding length '''||n||''' is too big, max is: ''1000000''') WHEN p='' AND n>length(s) THEN db_fails('1006|can''t fill the '''||s||''' length to '''||n||''' with an empty pad string') WHEN n<0 THEN db_fails('1006|number overflowed') ELSE rpad(s,n::INTEGER,CASE WHEN p='' THEN ' ' ELSE p END) END",
  },
  {
    signature: 'db_repeat(s, n)',
    body: "CASE WHEN n>1000000 THEN db_fails('1006|Too many times to repeat: ('||n||'), maximum is: 1000000') WHEN n<0 THEN db_fails('1006|number overflowed') ELSE repeat(s,n::BIGINT) END",
  },
  {
    signature: 'db_space(n)',
    body: "CASE WHEN n>1000000 THEN db_fails('1006|space length is too big, max is: 1000000') WHEN n<0 THEN db_fails('1006|number overflowed') ELSE repeat(' ',n::BIGINT) END",
  },
  {
    signature: 'db_insert(s, p, l, r)',
    body: "CASE WHEN p<1 OR p>length(s) THEN CASE WHEN r IS NULL OR l IS NULL THEN NULL ELSE s END ELSE substr(s,1,p::BIGINT-1)||r||CASE WHEN l<0 OR p-1+l>=length(s) THEN '' ELSE substr(s,(p+l)::BIGINT) END END",
  },
  {
    signature: 'db_locate(n, h)',
    body: "CASE WHEN n='' THEN CASE WHEN h IS NULL THEN NULL ELSE 1 END ELSE instr(h,n) END",
  },
  {
    signature: 'db_locate3(n, h, p)',
    body: "CASE WHEN n IS NULL OR h IS NULL OR p IS NULL THEN NULL WHEN p<1 THEN 0 WHEN n='' THEN p WHEN instr(substr(h,p::BIGINT),n)=0 THEN 0 ELSE instr(substr(h,p::BIGINT),n)+p-1 END",
  },
  {
    signature: 'db_ltrim_str(s, p)',
    body: "CASE WHEN p='' THEN s ELSE regexp_replace(s,'^(?:'||regexp_escape(p)||')+','') END",
  },
  {
    signature: 'db_rtrim_str(s, p)',
    body: "CASE WHEN p='' THEN s ELSE regexp_replace(s,'(?:'||regexp_escape(p)||')+$','') END",
  },
  { signature: 'db_trim_str(s, p)', body: 'db_rtrim_str(db_ltrim_str(s,p),p)' },
  { signature: 'db_trimset(s, p)', body: "CASE WHEN p='' THEN s ELSE trim(s,p) END" },
  { signature: 'db_ltrimset(s, p)', body: "CASE WHEN p='' THEN s ELSE ltrim(s,p) END" },
  { signature: 'db_rtrimset(s, p)', body: "CASE WHEN p='' THEN s ELSE rtrim(s,p) END" },
  {
    signature: 'db_split(s, d)',
    body: "CASE WHEN s IS NULL OR d IS NULL THEN NULL WHEN s=d THEN [''] WHEN d='' THEN [s] ELSE string_split(s,d) END",
  },
  {
    signature: 'db_split_part(s, d, n)',
    body: "CASE WHEN s IS NULL OR d IS NULL OR n IS NULL THEN NULL WHEN d='' THEN CASE WHEN n IN (0,1,-1) THEN s ELSE '' END WHEN s=d THEN '' ELSE coalesce(split_part(s,d,CASE WHEN n=0 THEN 1 ELSE n END::INTEGER),'') END",
  },
  { signature: 'db_ascii(s)', body: "CASE WHEN s='' THEN 0 ELSE ('0x'||substr(hex(s),1,2))::UTINYINT END" },
  { signature: 'db_ord(s)', body: "CASE WHEN s='' THEN 0 ELSE ('0x'||hex(left(s,1)))::UBIGINT END" },
  { signature: 'db_strcmp(a, b)', body: 'CASE WHEN a<b THEN -1 WHEN a>b THEN 1 WHEN a=b THEN 0 END::TINYINT' },
  {
    signature: 'db_quote(s)',
    body: "replace(replace(replace(replace(replace(replace(replace(replace(s,'\\','\\\\'),'''','\\'''),'\"','\\\"'),chr(8),'\\b'),chr(10),'\\n'),chr(13),'\\r'),chr(9),'\\t'),chr(0),'\\0')",
  },
  {
    signature: 'db_rxflag(p, mt)',
    body: "'(?'||(CASE WHEN mt='' OR strpos(mt,'i')>strpos(mt,'c') THEN 'i' ELSE '' END)||(CASE WHEN strpos(mt,'m')>0 THEN 'm' ELSE '' END)||(CASE WHEN strpos(mt,'n')>0 THEN 's' ELSE '-s' END)||')'||(CASE WHEN p='' THEN '^$' ELSE p END)",
  },
  { signature: 'db_regexp_like(s, p, mt)', body: 'regexp_matches(s,db_rxflag(p,mt))' },
  {
    signature: 'db_decavg(total, n, s1, s2)',
    body: 'CASE WHEN n=0 THEN NULL ELSE db_scaled((db_unscaled(total)*(10::HUGEINT**(s2-s1))::HUGEINT)//n,s2) END',
  },
  { signature: 'db_qdisc(l, q)', body: 'list_sort(l)[(floor((len(l)-1)*q))::BIGINT+1]' },
  { signature: 'db_nn(l)', body: 'list_filter(l, lambda x_nn: x_nn IS NOT NULL)' },
  {
    signature: 'db_haversine(lat1, lon1, lat2, lon2)',
    body: 'CASE WHEN lat1 IS NOT NULL AND lon1 IS NOT NULL AND lat2 IS NOT NULL AND lon2 IS NOT NULL THEN round(2*6371.0088*asin(least(1::DOUBLE,sqrt(pow(sin(radians((lat2)::DOUBLE-(lat1)::DOUBLE)/2),2)+cos(radians((lat1)::DOUBLE))*cos(radians((lat2)::DOUBLE))*pow(sin(radians((lon2)::DOUBLE-(lon1)::DOUBLE)/2),2)))),9) END',
  },
  { signature: 'db_h3_str(h)', body: 'lower(to_hex(h))' },
  {
    signature: 'db_h3_edge_m(r)',
    body: '([1281256.0107413644,483056.8390711111,182512.95648916735,68979.22178775584,26071.75968017739,9854.090989971206,3724.5326671400767,1406.4757626435987,531.4140100625567,200.78614761193546,75.86378286883358,28.66389748307224,10.830187842605124,4.092010473292413,1.546099657446663,0.5841686296646657]::DOUBLE[])[r::INTEGER+1]',
  },
  {
    signature: 'db_h3_edge_km(r)',
    body: '([1281.2560107413644,483.0568390711111,182.51295648916735,68.97922178775585,26.07175968017739,9.854090989971207,3.7245326671400765,1.4064757626435986,0.5314140100625567,0.20078614761193547,0.07586378286883358,0.02866389748307224,0.010830187842605124,0.004092010473292413,0.001546099657446663,0.0005841686296646656]::DOUBLE[])[r::INTEGER+1]',
  },
  {
    signature: 'db_h3_area_km2(r)',
    body: '([4.357449416078383e6,6.097884417941332e5,8.68017803989972e4,1.239343465508816e4,1.770347654491307e3,2.529038581819449e2,3.612906216441245e1,5.161293359717191,7.373275975944177e-1,1.053325134272067e-1,1.504750190766435e-2,2.149643129451879e-3,3.07091875631606e-4,4.387026794728296e-5,6.267181135324313e-6,8.95311590760579e-7]::DOUBLE[])[r::INTEGER+1]',
  },
  {
    signature: 'db_h3_area_m2(r)',
    body: '([4.35744941607839e12,6.097884417941339e11,8.680178039899731e10,1.239343465508818e10,1.770347654491309e9,2.529038581819452e8,3.61290621644125e7,5.161293359717198e6,7.373275975944188e5,1.053325134272069e5,1.504750190766437e4,2.149643129451882e3,3.070918756316063e2,4.387026794728301e1,6.267181135324322,8.953115907605802e-1]::DOUBLE[])[r::INTEGER+1]',
  },
  { signature: 'db_at(a, i)', body: 'CASE WHEN i<1 THEN NULL ELSE a[i::BIGINT] END' },
  { signature: 'db_slice2(a, s)', body: 'a[CASE WHEN s=0 THEN 1 ELSE s END::BIGINT:]' },
  {
    signature: 'db_slice3(a, s, e)',
    body: 'a[CASE WHEN s=0 THEN 1 ELSE s END::BIGINT:CASE WHEN e=0 THEN len(a)+1 ELSE e END::BIGINT]',
  },
  {
    signature: 'db_list_distinct(a)',
    body: 'list_filter(a, lambda x_list_distinct, i_list_distinct: x_list_distinct IS NOT NULL AND list_position(a,x_list_distinct)=i_list_distinct)',
  },
  {
    signature: 'db_arr_except(a, b)',
    body: 'list_transform(list_filter(range(1,len(a)+1), lambda i_arr_except: len(list_filter(a[1:i_arr_except], lambda x_arr_except: x_arr_except IS NOT DISTINCT FROM a[i_arr_except])) > len(list_filter(b, lambda x_arr_except: x_arr_except IS NOT DISTINCT FROM a[i_arr_except]))), lambda i_arr_except: a[i_arr_except])',
  },
  {
    signature: 'db_arr_inter(a, b)',
    body: 'list_transform(list_filter(range(1,len(a)+1), lambda i_arr_inter: len(list_filter(a[1:i_arr_inter], lambda x_arr_inter: x_arr_inter IS NOT DISTINCT FROM a[i_arr_inter])) <= len(list_filter(b, lambda x_arr_inter: x_arr_inter IS NOT DISTINCT FROM a[i_arr_inter]))), lambda i_arr_inter: a[i_arr_inter])',
  },
  {
    signature: 'db_arr_overlap(a, b)',
    body: 'len(list_filter(a, lambda x_arr_overlap: len(list_filter(b, lambda y_arr_overlap: y_arr_overlap IS NOT DISTINCT FROM x_arr_overlap))>0))>0',
  },
  {
    signature: 'db_map_pick(m, ks)',
    body: 'map_from_entries(list_filter(map_entries(m), lambda e_map_pick: list_contains(ks,e_map_pick.key)))',
  },
  {
    signature: 'db_map_delete(m, ks)',
    body: 'map_from_entries(list_filter(map_entries(m), lambda e_map_delete: NOT list_contains(ks,e_map_delete.key)))',
  },
  {
    signature: 'db_cos(a, b)',
    body: '(1::FLOAT - (array_inner_product(a,b)::FLOAT / (sqrt(array_inner_product(a,a))::FLOAT * sqrt(array_inner_product(b,b))::FLOAT)::FLOAT)::FLOAT)::FLOAT',
  },
  {
    signature: 'db_l1(a, b)',
    body: 'list_sum(list_transform(range(1,len(a)+1), lambda i_l1: abs(a[i_l1]-b[i_l1])))::FLOAT',
  },
  {
    signature: 'db_inet_aton(s)',
    body: "CASE WHEN regexp_full_match(s,'(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}') THEN (split_part(s,'.',1)::BIGINT*16777216+split_part(s,'.',2)::BIGINT*65536+split_part(s,'.',3)::BIGINT*256+split_part(s,'.',4)::BIGINT)::UINTEGER END",
  },
  {
    signature: 'db_inet_ntoa(n)',
    body: "CASE WHEN n BETWEEN 0 AND 4294967295 THEN (n//16777216)||'.'||(n//65536%256)||'.'||(n//256%256)||'.'||(n%256) END",
  },
  {
    signature: 'db_humnum(x)',
    body: "CASE WHEN x IS NULL THEN NULL WHEN x=0 THEN '0' WHEN abs(x)<1 THEN printf('%.2f',x::DOUBLE) ELSE (CASE WHEN x<0 THEN '-' ELSE '' END)||regexp_replace(printf('%.2f',abs(x::DOUBLE)/pow(1000,least(floor(ln(abs(x::DOUBLE))/ln(1000)),5))),'\\.?0+$','')||(['',' thousand',' million',' billion',' trillion',' quadrillion'])[least(floor(ln(abs(x::DOUBLE))/ln(1000)),5)::INTEGER+1] END",
  },
  {
    signature: 'db_humsize(x)',
    body: "CASE WHEN x IS NULL THEN NULL WHEN abs(x)<1 THEN printf('%.2f',x::DOUBLE)||' B' ELSE (CASE WHEN x<0 THEN '-' ELSE '' END)||printf('%.2f',abs(x::DOUBLE)/pow(1024,least(floor(ln(abs(x::DOUBLE))/ln(1024)),8)))||' '||(['B','KiB','MiB','GiB','TiB','PiB','EiB','ZiB','YiB'])[least(floor(ln(abs(x::DOUBLE))/ln(1024)),8)::INTEGER+1] END",
  },
  {
    signature: 'db_fmod(a, b)',
    body: "CASE WHEN b=0 THEN db_fail('1006|Division by zero|modulo('||a||', '||b||')') ELSE fmod(a,b) END",
  },
  { signature: 'json_list(v, mode)', body: 'string_split(json_items(v,mode),chr(30))[2:]' },
  {
    signature: 'json_entries(v, mode)',
    body: 'list_transform(string_split(json_pairs(v,mode),chr(30))[2:], lambda x_json_entries: struct_pack(key := string_split(x_json_entries,chr(31))[1], value := string_split(x_json_entries,chr(31))[2]))',
  },
  ...textMacros,
];

const MENTIONED = /\b(?:db_\w+|json_list|json_entries)(?=\()/g;

const byName = new Map(macros.map((macro) => [macro.signature.slice(0, macro.signature.indexOf('(')), macro]));

/** The names of the macros that a text of SQL calls, those that they call themselves first. */
export function macrosIn(sql: string): string[] {
  const names = new Set<string>();
  const visit = (text: string) => {
    for (const [name] of text.matchAll(MENTIONED)) {
      if (names.has(name)) continue;
      visit(byName.get(name)?.body ?? '');
      names.add(name);
    }
  };
  visit(sql);
  return [...names];
}

/** The statement that makes a macro. */
export function macroStatement(name: string): string {
  const macro = byName.get(name);
  if (!macro) throw new SqlError('Internal', `there is no macro ${name}`);
  return `CREATE OR REPLACE MACRO ${macro.signature} AS ${macro.body}`;
}
