// Writes the page's files, which are in the folder `site` beside this code, into their bucket. Empties the bucket when
// the stack is deleted. Old hashed files stay, because an open page still loads them. The index is written last, when
// every file that it names is there.
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});
const folder = join(import.meta.dirname, 'site');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png' };

export async function handler(event) {
  const { Bucket, Configuration } = event.ResourceProperties;
  const answer = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, PhysicalResourceId: Bucket };
  try {
    if (event.RequestType === 'Delete') await empty(Bucket);
    else await fill(Bucket, Configuration);
  } catch (error) {
    return report(event, { ...answer, Status: 'FAILED', Reason: String(error) });
  }
  await report(event, { ...answer, Status: 'SUCCESS' });
}

async function fill(bucket, configuration) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const put = (name, body) => send(new PutObjectCommand({
    Bucket: bucket,
    Key: name,
    Body: body,
    ContentType: types[extname(name)] ?? 'application/octet-stream',
    CacheControl: name.startsWith('assets/') ? '@@HASHED_LIFE@@' : '@@NAMED_LIFE@@',
  }));
  for (const name of names.filter(name => name !== 'index.html')) await put(name, await readFile(join(folder, name)));
  await put('config.json', configuration);
  await put('index.html', await readFile(join(folder, 'index.html')));
}

async function empty(bucket) {
  for (;;) {
    const { Contents } = await send(new ListObjectsV2Command({ Bucket: bucket }));
    if (!Contents?.length) return;
    const { Errors } = await send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })), Quiet: true } }));
    if (Errors?.length) throw new Error(`${Errors[0].Key}: ${Errors[0].Message}`);
  }
}

// A role's new rights can take seconds to reach S3 (IAM User Guide, "Changes that I make are not always immediately
// visible").
async function send(command) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await s3.send(command);
    } catch (error) {
      if (error.name !== 'AccessDenied' || attempt === 10) throw error;
      await new Promise(resolve => setTimeout(resolve, 3000));
    }
  }
}

async function report(event, answer) {
  const reported = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  if (!reported.ok) throw new Error(`CloudFormation answered ${reported.status}.`);
}
