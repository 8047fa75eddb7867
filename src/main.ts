import { runAction } from './app/action/main.ts';
import { widenThreadPool } from './base/thread-pool.ts';

widenThreadPool(process.env);
await runAction();
