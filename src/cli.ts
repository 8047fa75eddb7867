#!/usr/bin/env node
import { runCli } from './app/cli/run.ts';

await runCli();
