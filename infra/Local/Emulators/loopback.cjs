// Preloaded into emulators that offer no way to choose their address: whatever they ask for, they listen on 127.0.0.1 only.
const net = require('node:net')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  if (args[0] !== null && typeof args[0] === 'object') {
    args[0] = { ...args[0], host: '127.0.0.1' }
    return listen.apply(this, args)
  }
  const callback = args.find((argument) => typeof argument === 'function')
  return listen.call(this, { port: Number(args[0]), host: '127.0.0.1' }, callback)
}
