#!/usr/bin/env node
import { runCli } from './app/cli/run.ts';
import { widenThreadPool } from './base/thread-pool.ts';

widenThreadPool(process.env);
await runCli();
