import { runPost } from './app/action/post.ts';

await runPost();
