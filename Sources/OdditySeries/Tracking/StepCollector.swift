internal import OddityDatasets

/// Gathers the steps of a chunk and their values.
struct StepCollector {
    private let names: ChannelNames
    private(set) var steps: [TrackedChunk.Step] = []
    private var numbers: [[Double]]
    private var codes: [[Int32]]
    private var levels: [[String]]
    private var levelCodes: [[String: Int32]]

    init(names: ChannelNames, capacity: Int) {
        self.names = names
        steps.reserveCapacity(capacity)
        numbers = names.numeric.map { _ in [] }
        for index in numbers.indices { numbers[index].reserveCapacity(capacity) }
        codes = names.categorical.map { _ in [] }
        levels = names.categorical.map { _ in [] }
        levelCodes = names.categorical.map { _ in [:] }
    }

    /// Adds a step; its index.
    mutating func append(_ step: TrackedChunk.Step, _ values: ChannelValues) -> Int {
        for index in values.numbers.indices { numbers[index].append(values.numbers[index]) }
        for index in values.texts.indices { codes[index].append(code(values.texts[index], index)) }
        steps.append(step)
        return steps.count - 1
    }

    private mutating func code(_ text: String?, _ index: Int) -> Int32 {
        guard let text else { return -1 }
        if let code = levelCodes[index][text] { return code }
        let code = Int32(levels[index].count)
        levels[index].append(text)
        levelCodes[index][text] = code
        return code
    }

    /// The values, with the columns in the order of `table`.
    func values(like table: Table) -> Table {
        var columns: [Column] = []
        var schemas: [ColumnSchema] = []
        for column in table.schema.columns {
            if let index = names.numeric.firstIndex(of: column.name) {
                columns.append(Column(column.name, numbers[index]))
            } else if let index = names.categorical.firstIndex(of: column.name) {
                let values = Column.Values.categorical(codes: codes[index], levels: levels[index])
                columns.append(Column(name: column.name, values: values))
            } else {
                continue
            }
            schemas.append(column)
        }
        return Table(
            schema: Schema(columns: schemas),
            rowCount: steps.count,
            firstRow: 0,
            columns: columns
        )
    }
}
