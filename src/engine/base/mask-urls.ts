/** Between the name before `:` and the last `@` of `https://user:password@host`. */
const PASSWORD = /([a-z0-9]:\/\/[^\s/?#@:]*:)[^\s/?#]+(?=@)/gi;

/** What a presigned URL is signed with. */
const SIGNATURE =
  /(?<=[?&](?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|x-oss-(?:signature|credential|security-token)|q-signature|q-ak|signature|ossaccesskeyid|awsaccesskeyid|googleaccessid|sig|token|access_token)=)[^&#'"\s]+/gi;

/** The text with what its URLs hold to be let in replaced by `***`. */
export function maskUrls(text: string): string {
  return text.replace(PASSWORD, '$1***').replace(SIGNATURE, '***');
}
