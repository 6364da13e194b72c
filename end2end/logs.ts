// Where the servers under test leave their output; a new run starts with an empty folder.
import { join } from 'node:path';
import { FOLDER } from './run.ts';

export const LOGS = join(FOLDER, 'logs');
