import { serveWorker } from './worker/process/serve.ts';

await serveWorker();
