/// The keys of JSON objects that are read, each with the number of its field.
final class JSONKeys {
    let names: [String]
    private var table = LevelTable()
    /// For each place in the object before the field that stood there, or -1: keys mostly keep their
    /// order.
    private var order: [Int] = []
    private let bytes: [[UInt8]]

    init(_ names: [String]) {
        self.names = names
        bytes = names.map { Array($0.utf8) }
        for name in bytes { _ = name.withUnsafeBufferPointer { table.insert($0) } }
    }

    var count: Int { names.count }

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
