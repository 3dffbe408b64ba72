/** Reads {index, queries} on standard input; prints the URLs found for each query, best first. */
import { buildSearch, find } from '../../site_builder/theme/components/guide_search/engine.js'

let input = ''
for await (const chunk of process.stdin) input += chunk
const { index, queries } = JSON.parse(input)
const search = buildSearch(index)
console.log(JSON.stringify(queries.map((query) => find(search, query).map((found) => found.url))))
