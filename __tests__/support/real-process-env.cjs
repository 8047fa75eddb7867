// A jest environment whose process.env is the real one. Tests usually get a copy, which the C library does not see: os.homedir(), which
// @actions/cache uses to resolve `~`, would not follow HOME.
const { createRequire } = require('node:module');
const { TestEnvironment } = createRequire(require.resolve('jest/package.json'))('jest-environment-node');

module.exports = class RealProcessEnv extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.process.env = process.env;
  }
};
