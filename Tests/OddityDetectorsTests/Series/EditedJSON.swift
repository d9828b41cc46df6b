import Foundation
import Testing

/// JSON with another value, given as JSON, at a path such as `past.steps.0.window`; nil removes a key.
func edited(_ json: Data, _ path: String, _ value: String?) throws -> Data {
    let root = try JSONSerialization.jsonObject(with: json)
    let new = try value.map {
        try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
    }
    let keys = path.split(separator: ".").map(String.init)
    return try JSONSerialization.data(
        withJSONObject: edited(root, keys[...], new, path),
        options: .sortedKeys
    )
}

private func edited(
    _ node: Any,
    _ keys: ArraySlice<String>,
    _ value: Any?,
    _ path: String
) throws -> Any {
    guard let key = keys.first else { return value as Any }
    let rest = keys.dropFirst()
    if var list = node as? [Any] {
        let index = try #require(
            Int(key).flatMap { list.indices.contains($0) ? $0 : nil },
            "\(path)"
        )
        list[index] = try edited(list[index], rest, value, path)
        return list
    }
    var members = try #require(node as? [String: Any], "\(path)")
    // What is set must have been there, so that no case can lose its meaning.
    let old = try #require(members[key], "\(path)")
    members[key] = rest.isEmpty && value == nil ? nil : try edited(old, rest, value, path)
    return members
}
