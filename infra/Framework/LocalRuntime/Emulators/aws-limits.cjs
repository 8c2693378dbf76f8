// Preloaded into the emulators that run on Node: they refuse two requests that AWS refuses and they would take.
const { registerHooks } = require('node:module')
const path = require('node:path')

// "Each record in the request can be as large as 1 MiB, up to a limit of 5 MiB for the entire request, including partition keys. The record size
// limit applies to the total size of the partition key and data blob" (Kinesis API reference, PutRecords).
const mebibyte = 1024 * 1024

// "The combined size of all messages in the batch, including each message's body and attributes" is at most 262,144 bytes (SNS API reference,
// PublishBatch). fauxqs counts each message for itself.
const publish = '/fauxqs/dist/sns/actions/publish.js'

function limitPutRecords (put, db) {
  return (store, data, done) => {
    const sizes = data.Records.map((record) => Buffer.byteLength(record.Data, 'base64') + Buffer.byteLength(record.PartitionKey))
    if (sizes.some((size) => size > mebibyte)) return done(db.clientError('InvalidArgumentException', 'Record size exceeds 1 MB limit'))
    if (sizes.reduce((sum, size) => sum + size, 0) > 5 * mebibyte) return done(db.clientError('InvalidArgumentException', 'Records size exceeds 5 MB limit'))
    return put(store, data, done)
  }
}

const publishBatch = `
export function publishBatch(params, snsStore, sqsStore) {
  const texts = parseBatchEntries(params).flatMap((entry) => [entry.message, ...Object.entries(entry.messageAttributes)
    .flatMap(([name, attribute]) => [name, attribute.DataType, attribute.StringValue ?? '', attribute.BinaryValue ?? ''])])
  if (texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > SNS_MAX_MESSAGE_SIZE_BYTES)
    throw new SnsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.', 400)
  return publishEach(params, snsStore, sqsStore)
}`

registerHooks({
  load (url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(publish)) return loaded
    const source = loaded.source.toString()
    if (!source.includes('export function publishBatch(')) throw new Error(`${publish} has no publishBatch: aws-limits.cjs must follow its version`)
    return { ...loaded, source: source.replace('export function publishBatch(', 'function publishEach(') + publishBatch }
  }
})

const main = process.argv[1] ?? ''
if (main.endsWith(path.join('kinesalite', 'cli.js'))) {
  const actions = path.join(path.dirname(main), 'actions', 'putRecords.js')
  const limited = limitPutRecords(require(actions), require(path.join(path.dirname(main), 'db')))
  require.cache[require.resolve(actions)].exports = limited
}
