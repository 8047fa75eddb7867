import { runAction } from './app/action/main.ts';

await runAction();
