// Cognito's access tokens carry no address; the shop needs the proven one to seal it for mails.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html (event version 2)
exports.handler = async (event) => {
  const { email, email_verified } = event.request.userAttributes;
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: { claimsToAddOrOverride: email ? { email, email_verified: String(email_verified === 'true') } : {} },
    },
  };
  return event;
};
