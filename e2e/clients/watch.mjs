// Draws an activation's progress until it is over: node watch.mjs atv_7 [.edgerc] [section]
// It ends with 0 where the version became active, 2 where it did not, 1 where it cannot be watched.
// A certificate that the server made for itself is trusted by NODE_EXTRA_CA_CERTS=…/development.crt
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import EdgeGrid from 'akamai-edgegrid';

const [activation, path = process.env.EDGERC ?? '.edgerc', section = process.env.EDGERC_SECTION ?? 'default'] = process.argv.slice(2);
const fail = text => { console.log(text); process.exit(1); };
if (!activation) fail('Say which activation: node watch.mjs atv_7 [.edgerc] [section]');
let client;
try { client = new EdgeGrid({ path, section }); } catch (problem) { fail(`${path} [${section}] cannot be read: ${problem.message ?? problem}`); }
const headers = { get Authorization() { return client.auth({ path: '/hubs/activations' }).request.headers.Authorization; } };
const hub = new HubConnectionBuilder().configureLogging(LogLevel.None)
  .withUrl(`${client.config.host}/hubs/activations`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, headers }).build();
const end = (code, text) => { console.log(text); process.exitCode = code; return hub.stop(); };
const bar = a => `${'█'.repeat(a.percent / 4).padEnd(25, '░')} ${a.percent}% ${a.propertyName} v${a.propertyVersion} ${a.network} ${a.label}`;
// A socket that is refused does not say why: a plain request does.
const why = () => new Promise(resolve => client.auth({ path: '/papi/v1/build' }).send((error, response) =>
  resolve((response ?? error?.response)?.data?.detail ?? error?.message)));
let last;
try { await hub.start(); } catch (problem) { fail(`No connection to ${client.config.host}: ${(await why()) ?? problem.message}`); }
hub.stream('WatchActivation', activation).subscribe({
  next: a => process.stdout.write(`\r\x1b[K${bar(last = a)}`),
  // One that another took the place of later was active.
  complete: () => end(['ACTIVE', 'INACTIVE'].includes(last.status) ? 0 : 2, `\n${last.cause ?? last.reason}`),
  error: problem => end(1, `\n${problem.message}`),
});
