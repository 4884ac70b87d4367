// Draws an activation's progress until it is over: node watch.mjs atv_7 [.edgerc] [section]
// A certificate that the server made for itself is trusted by NODE_EXTRA_CA_CERTS=…/development.crt
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import EdgeGrid from 'akamai-edgegrid';

const [activation, path = process.env.EDGERC ?? '.edgerc', section = process.env.EDGERC_SECTION ?? 'default'] = process.argv.slice(2);
const client = new EdgeGrid({ path, section });
const headers = { get Authorization() { return client.auth({ path: '/hubs/activations' }).request.headers.Authorization; } };
const hub = new HubConnectionBuilder().configureLogging(LogLevel.None)
  .withUrl(`${client.config.host}/hubs/activations`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, headers }).build();
const end = (code, text) => { console.log(text); process.exitCode = code; return hub.stop(); };
const bar = a => `${'█'.repeat(a.percent / 4).padEnd(25, '░')} ${a.percent}% ${a.propertyName} v${a.propertyVersion} ${a.network} ${a.label}`;
let last;
await hub.start();
hub.stream('WatchActivation', activation).subscribe({
  next: a => process.stdout.write(`\r\x1b[K${bar(last = a)}`),
  complete: () => end(last.status === 'ACTIVE' ? 0 : 2, `\n${last.reason}`),
  error: problem => end(1, `\n${problem.message}`),
});
