// Cognito's access tokens carry no address; the @@NAME@@ needs the proven one to seal it for mails.
// Whoever signs up is in no group, and the API answers 403 without one: such a user is a @@DEFAULT_GROUP@@.
// Groups that the answer leaves out are gone from the token, so it repeats those that Cognito knows.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html (event version 2)
const ours = [@@GROUPS@@];
exports.handler = async (event) => {
  const { userAttributes: { email, email_verified }, groupConfiguration } = event.request;
  const groups = groupConfiguration?.groupsToOverride ?? [];
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: { claimsToAddOrOverride: email ? { email, email_verified: String(email_verified === 'true') } : {} },
      groupOverrideDetails: {
        ...groupConfiguration,
        groupsToOverride: groups.some((group) => ours.includes(group)) ? groups : [...groups, '@@DEFAULT_GROUP@@'],
      },
    },
  };
  return event;
};
