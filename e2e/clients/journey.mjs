// A property's whole life, by a client of the real service: node journey.mjs [.edgerc] [section]
// It makes a property, activates it, cancels, falls back, takes it off and deletes it. The last line says that it did.
import EdgeGrid from 'akamai-edgegrid';

const [path = process.env.EDGERC ?? '.edgerc', section = process.env.EDGERC_SECTION ?? 'default'] = process.argv.slice(2);
const client = new EdgeGrid({ path, section });
const emails = ['ops@shop.example'];

/** Sends one request; the answer, whatever its status. */
const send = (method, path, body, headers = {}) =>
  new Promise((resolve, reject) =>
    client.auth({ method, path, body, headers: { 'Content-Type': 'application/json', ...headers } }).send((error, response) =>
      error && !error.response ? reject(error) : resolve(response ?? error.response)));

/** The same, where nothing but these statuses will do. */
async function expect(statuses, method, path, body, headers) {
  const response = await send(method, path, body, headers);
  if (![statuses].flat().includes(response.status)) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(response.data)}`);
  return response.data;
}

/** Asks until the activation is as it is wanted: as often as the server says, at most every half second. */
async function until(status, link) {
  for (;;) {
    const response = await send('GET', link);
    const activation = response.data.activations.items[0];
    if (activation.status === status) return activation;
    if (['ACTIVE', 'ABORTED', 'FAILED', 'INACTIVE'].includes(activation.status)) throw new Error(`${link} ended as ${activation.status}, not ${status}`);
    await new Promise(resolve => setTimeout(resolve, Math.min(500, 1000 * Number(response.headers['retry-after'] ?? 1))));
  }
}

const log = text => console.log(text);
const { groups } = await expect(200, 'GET', '/papi/v1/groups');
const group = groups.items.find(item => item.parentGroupId && item.contractIds.length > 0) ?? groups.items[0];
const where = `contractId=${group.contractIds[0]}&groupId=${group.groupId}`;
const { products } = await expect(200, 'GET', `/papi/v1/products?contractId=${group.contractIds[0]}`);
const productId = products.items[0].productId;

const name = `journey-${Date.now()}.shop.example`;
const { propertyLink } = await expect(201, 'POST', `/papi/v1/properties/?${where}`, { propertyName: name, productId, ruleFormat: 'latest' });
const property = propertyLink.split('?')[0];
log(`made ${name}: ${property}`);

const { cpcodeLink } = await expect(201, 'POST', `/papi/v1/cpcodes?${where}`, { cpcodeName: name, productId });
const cpcode = Number(cpcodeLink.match(/cpc_(\d+)/)[1]);
const edge = { productId, domainPrefix: name, domainSuffix: 'edgesuite.net', ipVersionBehavior: 'IPV4' };
await expect(201, 'POST', `/papi/v1/edgehostnames/?${where}`, edge);

const latest = await send('GET', `${property}/versions/latest?${where}`);
if (latest.status !== 200) throw new Error(`The latest version answers with ${latest.status}`);
const rulesFormat = { 'Content-Type': 'application/vnd.akamai.papirules.latest+json' };
async function configure(version, seconds) {
  const tree = await expect(200, 'GET', `${property}/versions/${version}/rules?${where}&validateRules=false`);
  tree.rules.behaviors = [
    { name: 'origin', options: { originType: 'CUSTOMER', hostname: 'origin.shop.example' } },
    { name: 'cpCode', options: { value: { id: cpcode } } },
    { name: 'caching', options: { behavior: 'MAX_AGE', mustRevalidate: false, ttl: `${seconds}s` } },
  ];
  const saved = await expect(200, 'PUT', `${property}/versions/${version}/rules?${where}&validateRules=true`, { rules: tree.rules, comments: `cached for ${seconds} s` }, rulesFormat);
  if (saved.errors?.length) throw new Error(`Version ${version} has errors: ${JSON.stringify(saved.errors)}`);
  const hostnames = [{ cnameType: 'EDGE_HOSTNAME', cnameFrom: name, cnameTo: `${name}.edgesuite.net` }];
  await expect(200, 'PUT', `${property}/versions/${version}/hostnames/?${where}&validateHostnames=true&includeCertStatus=true`, hostnames);
  log(`configured version ${version}`);
}

async function activate(propertyVersion, network, more = {}) {
  const order = { propertyVersion, network, note: 'journey', notifyEmails: emails, activationType: 'ACTIVATE', ...more };
  let response = await send('POST', `${property}/activations?${where}`, order);
  if (response.status === 400 && response.data.type.includes('warnings-not-acknowledged')) {
    order.acknowledgeWarnings = response.data.warnings.map(warning => warning.messageId);
    response = await send('POST', `${property}/activations?${where}`, order);
  }
  if (response.status !== 201) throw new Error(`Activating ${propertyVersion} on ${network}: ${response.status} ${JSON.stringify(response.data)}`);
  return response.data.activationLink;
}

await configure(1, 60);
await until('ACTIVE', await activate(1, 'STAGING'));
log('version 1 is active on staging');
await until('ACTIVE', await activate(1, 'PRODUCTION', { acknowledgeAllWarnings: true }));
log('version 1 is active on production');

const { versionLink } = await expect(201, 'POST', `${property}/versions/?${where}`, { createFromVersion: 1 });
const next = Number(versionLink.match(/versions\/(\d+)/)[1]);
await configure(next, 120);
const bad = await activate(next, 'PRODUCTION', { acknowledgeAllWarnings: true });
const cancelled = await expect(200, 'DELETE', bad);
log(`cancelling version ${next}: ${cancelled.activations.items[0].status}`);
await until('ABORTED', bad);
await until('ACTIVE', await activate(next, 'PRODUCTION', { acknowledgeAllWarnings: true }));
log(`version ${next} is active on production`);

await until('ACTIVE', await activate(1, 'PRODUCTION', { useFastFallback: true }));
log('fell back to version 1');

for (const [network, version] of [['PRODUCTION', 1], ['STAGING', 1]]) {
  await until('ACTIVE', await activate(version, network, { activationType: 'DEACTIVATE' }));
  log(`off ${network.toLowerCase()}`);
}
await expect(200, 'DELETE', `${property}?${where}`);
const gone = await send('GET', `${property}?${where}`);
if (gone.status !== 404) throw new Error(`The deleted property answers with ${gone.status}`);
log('deleted: done');
