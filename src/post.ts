import { runPost } from './app/action/post.ts';
import { widenThreadPool } from './base/thread-pool.ts';

widenThreadPool(process.env);
await runPost();
