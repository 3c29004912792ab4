import { capacityTable, sizingTable } from './model.ts'

console.log(`${capacityTable()}\n\n${sizingTable()}`)
