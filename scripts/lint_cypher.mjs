// Checks Cypher statements with Neo4j's own checker, as Cypher 5 and as Cypher 25, against a schema: grammar, scopes, types,
// deprecations, unknown labels, relationship types, properties, functions and parameters, and steps that the schema has not.
//
//   npm install --no-save --no-package-lock --prefix FOLDER @neo4j-cypher/language-support@latest
//   python -m tests.queries.statements | node scripts/lint_cypher.mjs FOLDER
//
// Standard input is JSON: {schema: {labels, relationshipTypes, propertyKeys, graphSchema}, statements: [{file, line, text,
// parameters}]}, `line` being that of the file on which the text begins. Prints `file:line: message`, one a finding.
// Exit status: 0 nothing found, 1 findings, 2 the checker is not in FOLDER.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const LANGUAGES = ['CYPHER 5', 'CYPHER 25'];

function checker(folder) {
  try {
    return createRequire(join(resolve(folder), 'package.json'))('@neo4j-cypher/language-support');
  } catch (error) {
    console.error(`${error.message}\nusage: node scripts/lint_cypher.mjs FOLDER <statements.json`);
    process.exit(2);
  }
}

// What a server without plug-ins has, as the checker's own sample of a server lists it.
function builtIn(functions) {
  const kept = Object.entries(functions).filter(([, one]) => one.isBuiltIn);
  return Object.fromEntries(kept);
}

function findings({ lintCypherQuery, testData }, schema, { file, line, text, parameters }) {
  const messages = new Map(); // of both languages, each once
  const sample = testData.mockSchema;
  const known = {
    ...schema,
    functions: Object.fromEntries(LANGUAGES.map((language) => [language, builtIn(sample.functions[language])])),
    procedures: sample.procedures,
    parameters: Object.fromEntries(parameters.map((name) => [name, ''])),
  };
  for (const language of LANGUAGES) {
    for (const found of lintCypherQuery(text, { ...known, defaultLanguage: language }).diagnostics) {
      const message = `${file}:${line + found.range.start.line}: ${found.message}`;
      messages.set(message, [...(messages.get(message) ?? []), language]);
    }
  }
  return [...messages].map(([message, by]) => (by.length < LANGUAGES.length ? `${message} (${by})` : message));
}

const [folder = '.'] = process.argv.slice(2);
const support = checker(folder);
const { schema, statements } = JSON.parse(readFileSync(0, 'utf8'));
const found = statements.flatMap((statement) => findings(support, schema, statement));
found.forEach((message) => console.log(message));
console.error(`${statements.length} statements, ${found.length} findings`);
process.exit(found.length ? 1 : 0);
