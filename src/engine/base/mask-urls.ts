/** `https://user:password@host`, and what a presigned URL is signed with. */
const URL_SECRETS =
  /(?<=[a-z0-9]:\/\/[^\s/?#@]*:)[^\s/?#@]+(?=@)|(?<=[?&](?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|x-oss-(?:signature|credential|security-token)|q-signature|q-ak|signature|ossaccesskeyid|awsaccesskeyid|googleaccessid|sig|token|access_token)=)[^&#'"\s]+/gi;

/** The text with what its URLs hold to be let in replaced by `***`. */
export function maskUrls(text: string): string {
  return text.replace(URL_SECRETS, '***');
}
