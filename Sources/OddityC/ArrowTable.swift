internal import COddityInterface
internal import OddityPlatform

/// A record batch of Arrow as a table, with the memory of what had to be converted.
final class ArrowTable {
    /// The table.
    let table: UnsafePointer<oddity_table>
    let memory: ArrowMemory
    /// What the values lie in, where that is not the program's own.
    private let batch: ArrowBatch?

    /// A table of what lies in some memory.
    init(_ columns: [oddity_column], rowCount: Int, in memory: ArrowMemory) {
        (self.memory, batch) = (memory, nil)
        table = Self.table(memory.copy(columns), columns.count, rowCount: rowCount, in: memory)
    }

    /// Looks at a record batch.
    ///
    /// - Parameter owner: What is released with the table.
    /// - Throws: ``InvalidArgument`` for what is no record batch, and for types that cannot be used.
    init(_ schema: ArrowSchema, _ batch: ArrowArray, owner: ArrowBatch? = nil) throws {
        memory = ArrowMemory()
        self.batch = owner
        guard let format = schema.format, String(cString: format) == "+s" else {
            throw InvalidArgument("the batch is no array of structs; give a record batch")
        }
        guard batch.n_children == schema.n_children, batch.length >= 0, batch.offset >= 0,
            batch.n_children == 0 || batch.children != nil && schema.children != nil
        else { throw InvalidArgument("the batch and its schema do not belong together") }
        let count = Int(batch.n_children)
        let columns = memory.allocate(oddity_column.self, count: count)
        for index in 0..<count {
            guard let type = schema.children[index]?.pointee,
                let values = batch.children[index]?.pointee
            else { throw InvalidArgument("column \(index + 1) of the batch is NULL") }
            let column = try ArrowColumn(
                type,
                values,
                firstRow: Int(batch.offset),
                rowCount: Int(batch.length)
            )
            columns[index] = try column.described(in: memory)
        }
        table = Self.table(columns, count, rowCount: Int(batch.length), in: memory)
    }

    private static func table(
        _ columns: UnsafePointer<oddity_column>,
        _ columnCount: Int,
        rowCount: Int,
        in memory: ArrowMemory
    ) -> UnsafePointer<oddity_table> {
        let place = memory.allocate(oddity_table.self, count: 1)
        place.pointee = oddity_table(
            row_count: rowCount,
            column_count: columnCount,
            columns: columns
        )
        return UnsafePointer(place)
    }

    /// The columns.
    var columns: [oddity_column] {
        Array(
            UnsafeBufferPointer(
                start: table.pointee.columns,
                count: Int(table.pointee.column_count)
            )
        )
    }

    /// The number of rows.
    var rowCount: Int { Int(table.pointee.row_count) }
}

/// Memory that is freed all at once.
final class ArrowMemory {
    private var addresses: [UnsafeMutableRawPointer] = []

    deinit { for address in addresses { free(address) } }

    /// So many values, which are zero.
    func allocate<Value>(_: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        guard let address = calloc(max(1, count), MemoryLayout<Value>.stride) else {
            preconditionFailure("there is no memory for a table")
        }
        addresses.append(address)
        return address.bindMemory(to: Value.self, capacity: max(1, count))
    }

    /// A copy of values.
    func copy<Value>(_ values: [Value]) -> UnsafePointer<Value> {
        let place = allocate(Value.self, count: values.count)
        place.update(from: values, count: values.count)
        return UnsafePointer(place)
    }
}
