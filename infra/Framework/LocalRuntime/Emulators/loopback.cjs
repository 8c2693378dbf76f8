// Preloaded into the emulators that run on Node. They listen on 127.0.0.1 only, whatever they ask for, and no web page gets an answer from them:
// its Host is another name for this machine (DNS rebinding), or its browser tells another origin. Gateway/OriginGuard.cs has the same rules.
const net = require('node:net')
const http = require('node:http')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  if (args[0] !== null && typeof args[0] === 'object') {
    args[0] = { ...args[0], host: '127.0.0.1' }
    return listen.apply(this, args)
  }
  const callback = args.find((argument) => typeof argument === 'function')
  return listen.call(this, { port: Number(args[0]), host: '127.0.0.1' }, callback)
}

// Names below localhost always are this machine (RFC 6761): fauxqs gives its queues such ones.
const ours = /^(127\.0\.0\.1|([a-z0-9-]+\.)*localhost|\[::1\])(:\d+)?$/

function allows ({ host, origin, 'sec-fetch-site': site }) {
  return ours.test(host ?? '') &&
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none')
}

const requests = new Set(['request', 'checkContinue', 'checkExpectation', 'upgrade', 'connect'])
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function (event, request, answer, ...rest) {
  if (!requests.has(event) || allows(request.headers)) return emit.call(this, event, request, answer, ...rest)
  if (event === 'upgrade' || event === 'connect') answer.destroy()
  else answer.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end('Only programs of this machine get an answer, at 127.0.0.1 or localhost. Web pages of other origins do not.\n')
  return true
}
