/// The keys of JSON objects that are read, each with the number of its field.
final class JSONKeys {
    /// The most different keys that are collected.
    static let limit = 10_000

    let names: [String]
    private var table = LevelTable()
    /// For each place in the object before the field that stood there, or -1: keys mostly keep their
    /// order.
    private var order: [Int] = []
    private let bytes: [[UInt8]]
    /// Whether keys that are not read are kept in ``unknown``.
    private let collectsUnknown: Bool
    /// Keys that are not read, in the order of their first appearance, and no more than one beyond the limit.
    private(set) var unknown: [[UInt8]] = []
    private var unknownTable = LevelTable()

    init(_ names: [String], collectsUnknown: Bool = false) {
        self.names = names
        self.collectsUnknown = collectsUnknown
        bytes = names.map { Array($0.utf8) }
        for name in bytes { _ = name.withUnsafeBufferPointer { table.insert($0) } }
    }

    var count: Int { names.count }

    /// Whether there are more keys than can be meant as columns.
    var isOverLimit: Bool { names.count + unknown.count > Self.limit }

    /// The keys that are read and those that were collected.
    ///
    /// - Throws: ``DatasetError`` if there are too many, or one is empty or not UTF-8.
    func allNames(at location: DataLocation) throws(DatasetError) -> [String] {
        guard !isOverLimit else {
            throw DatasetError(
                .tooManyColumns,
                "there are more than \(Self.limit) different keys; write what varies as values of few keys",
                at: location
            )
        }
        var all = names
        for key in unknown {
            guard let name = String(validating: key, as: UTF8.self) else {
                throw DatasetError(
                    .invalidUTF8,
                    "a key is not valid UTF-8; save the file as UTF-8, or give --encoding windows-1252 or latin1",
                    at: location
                )
            }
            guard !name.isEmpty else {
                throw DatasetError(
                    .invalidJSON,
                    "a key is empty, and a column needs a name; give it one",
                    at: location
                )
            }
            all.append(name)
        }
        return all
    }

    /// The field of a key; nil for one that is not read.
    ///
    /// - Parameter place: The number of the key in its object, counted from 0.
    func field(_ key: UnsafeBufferPointer<UInt8>, place: Int) -> Int? {
        if place < order.count {
            let guess = order[place]
            if guess >= 0, bytes[guess].count == key.count, bytes[guess].elementsEqual(key) {
                return guess
            }
        }
        let field = table.number(of: key)
        if field == nil, collectsUnknown, unknown.count <= Self.limit,
            unknownTable.insert(key).isNew
        {
            unknown.append(Array(key))
        }
        // A hostile object may have very many keys.
        if place < order.count {
            order[place] = field ?? -1
        } else if order.count < 1_024 {
            while order.count < place { order.append(-1) }
            order.append(field ?? -1)
        }
        return field
    }
}
