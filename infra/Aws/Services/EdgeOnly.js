// Lets public requests through that come from the edge: it shows a secret that nobody else knows. Two are taken while it is rotated.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html (format 2.0, simple responses)
const { createHash, timingSafeEqual } = require('node:crypto');
const digest = (text) => createHash('sha256').update(text).digest();
const secrets = Object.keys(process.env).filter((name) => name.startsWith('EDGE_SECRET_')).map((name) => digest(process.env[name]));

exports.handler = async (event) => {
  const shown = digest(event.headers['shop-edge-secret'] ?? '');
  return { isAuthorized: secrets.some((secret) => timingSafeEqual(secret, shown)) };
};
