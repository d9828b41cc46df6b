internal import OddityDatasets

/// The numeric and categorical columns of a chunk, without those of time and entity.
struct Channels {
    let names: ChannelNames
    private let numbers: [[Double]]
    private let codes: [[Int32]]
    private let levels: [[String]]

    init(_ table: Table, _ options: SeriesOptions) {
        var names = ChannelNames(numeric: [], categorical: [])
        var (numbers, codes, levels): ([[Double]], [[Int32]], [[String]]) = ([], [], [])
        for column in table.columns
        where column.name != options.timeColumn && column.name != options.entityColumn {
            switch column.values {
            case .numeric(let values):
                names.numeric.append(column.name)
                numbers.append(values)
            case .categorical(let values, let texts):
                names.categorical.append(column.name)
                codes.append(values)
                levels.append(texts)
            case .text: break
            }
        }
        (self.names, self.numbers, self.codes, self.levels) = (names, numbers, codes, levels)
    }

    /// Puts the values of a row into `values`.
    func read(_ row: Int, into values: inout ChannelValues) {
        for index in numbers.indices { values.numbers[index] = numbers[index][row] }
        for index in codes.indices {
            let code = codes[index][row]
            values.texts[index] = code < 0 ? nil : levels[index][Int(code)]
        }
    }
}

/// The names of channels, by their kind.
struct ChannelNames: Codable, Equatable, Sendable {
    var numeric: [String]
    var categorical: [String]

    /// The name of a channel by its number: numbers come before categories.
    subscript(channel: Int) -> String {
        channel < numeric.count ? numeric[channel] : categorical[channel - numeric.count]
    }

    /// Values that are all missing.
    var missing: ChannelValues {
        ChannelValues(
            numbers: Array(repeating: .nan, count: numeric.count),
            texts: Array(repeating: nil, count: categorical.count)
        )
    }
}
