// The module `vscode` of the tests. Its own keys are those of the stub; whatever else the client library asks for by name, when it is
// loaded, is a class that is never used.
const { api } = require("./vscode_stub");

const unused = new Proxy(class {}, { get: (target, key) => Reflect.get(target, key) ?? key });
module.exports = new Proxy(api, { get: (target, key) => Reflect.get(target, key) ?? (key === "__esModule" ? undefined : unused) });
