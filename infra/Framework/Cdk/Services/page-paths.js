// Decides by path alone, like infra/Framework/Topology/StaticSite.cs: the page's routes get its index, its files are
// served, and every other path is 404. The API's paths have their own behaviors and never come here.
var routes = @@ROUTES@@;
var files = @@FILES@@;
function any(patterns, uri) {
  return patterns.some(function (pattern) { return new RegExp(pattern).test(uri); });
}
function problem(status, title, code, detail, requestId) {
  return {
    statusCode: status,
    statusDescription: title,
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'content-security-policy': { value: "default-src 'none'; frame-ancestors 'none'" },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: JSON.stringify({ type: '/docs/problems/' + code, title: title, status: status, detail: detail, code: code, traceId: requestId }),
  };
}
function handler(event) {
  var request = event.request;
  var isRoute = any(routes, request.uri);
  if (!isRoute && !any(files, request.uri)) return problem(404, 'Not Found', 'route_not_found', 'There is no such route. An id is a UUID in lower case with dashes, as in 6579c22f-be2b-444c-a52b-0116dd82df6c.', event.context.requestId);
  if (request.method !== 'GET' && request.method !== 'HEAD') return problem(405, 'Method Not Allowed', 'method_not_allowed', 'The page can only be read. Use GET or HEAD.', event.context.requestId);
  if (isRoute) request.uri = '/index.html';
  return request;
}
