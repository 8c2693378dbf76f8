// How long a published program takes from its start to its first answer, as Lambda would see it: a fake Runtime API gives it one request.
// Usage: node infra/Aws/first-answer.cjs FOLDER ENTRY [RUNS]; linux-x64 builds run on linux-x64 only.
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [folder, entry, runs = '5'] = process.argv.slice(2);
const request = {
  version: '2.0', routeKey: 'POST /{proxy+}', rawPath: '/products', rawQueryString: '', headers: { 'content-type': 'application/json' }, isBase64Encoded: false, body: '{}',
  requestContext: { http: { method: 'POST', path: '/products', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'first-answer' }, domainName: 'localhost', requestId: '1', stage: '$default', timeEpoch: 0 },
};
const settings = {
  STREAM_TIPS_TABLE: 't', PERSON_KEYS_TABLE: 't', COMMAND_STREAM: 's', CLICKHOUSE: 'Host=127.0.0.1;Port=1', CLICKHOUSE_SECRET: '', MASTER_KEY: 'kms:k', TOKEN_ISSUER: 'https://localhost', TOKEN_AUDIENCE: 'a', CORS_ORIGINS: '',
};

// In hundredths of a second, as Linux counts (proc(5), stat, fields 14 and 15); what other programs do on the machine is not in it.
const cpuOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)].toFixed(0);

const once = () => new Promise((resolve, reject) => {
  let began;
  const server = createServer((req, res) => {
    if (req.method === 'GET') {
      if (server.given) return; // the program waits for a second request that never comes
      server.given = true;
      res.writeHead(200, { 'Lambda-Runtime-Aws-Request-Id': '1', 'Lambda-Runtime-Deadline-Ms': String(Date.now() + 60000), 'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:111122223333:function:f', 'Content-Type': 'application/json' });
      res.end(JSON.stringify(request));
      return;
    }
    const took = Number(process.hrtime.bigint() - began) / 1e6;
    const worked = cpuOf(program.pid);
    let body = '';
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => {
      res.writeHead(202).end();
      program.kill('SIGKILL');
      server.close();
      server.closeAllConnections();
      if (!req.url.endsWith('/response')) reject(new Error(`${req.url}: ${body}`));
      else resolve({ took, worked, status: JSON.parse(body).statusCode });
    });
  });
  let program;
  server.listen(0, '127.0.0.1', () => {
    began = process.hrtime.bigint();
    program = spawn('dotnet', [join(folder, `${entry}.dll`)], {
      env: { ...process.env, ...settings, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}`, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
});

(async () => {
  const all = [];
  for (let run = 0; run < Number(runs); run++) all.push(await once());
  const [took, worked] = [all.map((one) => one.took), all.map((one) => one.worked)];
  console.log(`${entry} in ${folder}: status ${[...new Set(all.map((one) => one.status))]}, first answer after ${median(took)} ms, of which ${median(worked)} ms of a core (medians of ${runs})`);
})().catch((error) => { console.error(error.message); process.exitCode = 1; });
