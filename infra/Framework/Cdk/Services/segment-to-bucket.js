// Puts whoever names a segment into a bucket, as infra/Topology/Segments.cs does. The runtime knows no BigInt, and products of 32 bits are
// not exact as numbers: so FNV's prime, 2^24 + 2^8 + 0x93, is added up from shifts.
function handler(event) {
  var headers = event.request.headers;
  var segment = headers['@@PREFIX@@-segment'];
  delete headers['@@PREFIX@@-segment'];
  delete headers['@@PREFIX@@-bucket'];
  delete headers['@@PREFIX@@-path'];
  // API Gateway decodes the path: only from here the origin can learn of its escapes.
  if (event.request.uri.indexOf('%') >= 0) headers['@@PREFIX@@-path'] = { value: event.request.uri };
  if (!segment || segment.multiValue || !/^[ -~]{1,64}$/.test(segment.value)) return event.request;
  var hash = 0x811c9dc5;
  for (var i = 0; i < segment.value.length; i++) {
    hash ^= segment.value.charCodeAt(i);
    hash += (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) + (hash << 24);
  }
  headers['@@PREFIX@@-bucket'] = { value: String((hash >>> 0) % 100) };
  return event.request;
}
