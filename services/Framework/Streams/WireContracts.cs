using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>
/// The closed list of messages that may be stored or sent, each found by its wire name and version, and back. A message of an older version is read in the shape of the newest, through its upcasts; what is stored stays as it was written.
/// </summary>
public sealed class WireContracts
{
    private readonly Dictionary<Type, Contract> _byType = [];
    private readonly Dictionary<(string Name, int Version), Contract> _byName = [];
    private readonly Dictionary<string, int> _newest = [];
    private readonly Dictionary<Type, Upcast> _upcasts = [];

    /// <summary>The list of these messages, in every version that may still be met.</summary>
    /// <param name="upcasts">One from each older version to the next.</param>
    /// <exception cref="InvalidOperationException">An older version has no way to the newest, or an upcast leads elsewhere.</exception>
    public WireContracts(JsonSerializerContext json, IReadOnlyList<Type> types, params IReadOnlyList<Upcast> upcasts)
    {
        foreach (var type in types)
        {
            var name = type.GetCustomAttribute<WireNameAttribute>() ?? throw new InvalidOperationException($"{type} has no wire name.");
            var contract = new Contract(type, name, json.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is missing in {json.GetType().Name}."));
            _byType.Add(type, contract);
            _byName.Add((name.Name, name.Version), contract);
            _newest[name.Name] = Math.Max(name.Version, _newest.GetValueOrDefault(name.Name));
        }

        Names = [.. _newest.Keys];
        foreach (var upcast in upcasts)
        {
            var (from, to) = (NameOf(upcast.From), NameOf(upcast.To));
            if ((from.Name, from.Version + 1) != (to.Name, to.Version)) throw new InvalidOperationException($"An upcast from {from.Name} v{from.Version} leads to {to.Name} v{to.Version}, which is not the next version.");
            _upcasts.Add(upcast.From, upcast);
        }

        foreach (var (name, version) in _byName.Keys)
            if (version < _newest[name] && !_upcasts.ContainsKey(_byName[(name, version)].Type)) throw new InvalidOperationException($"{name} v{version} has no upcast to v{version + 1}.");
    }

    /// <summary>Every message type there is, of every version.</summary>
    public IReadOnlyCollection<Type> Types => _byType.Keys;

    /// <summary>The newest version of every message: what is decided, folded and followed.</summary>
    public IEnumerable<Type> NewestTypes => _byType.Keys.Where(type => !_upcasts.ContainsKey(type));

    /// <summary>Every wire name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether any version of a message has this wire name.</summary>
    public bool Knows(string name) => _newest.ContainsKey(name);

    /// <summary>The wire name of a message.</summary>
    public WireNameAttribute NameOf(object message) => NameOf(message.GetType());

    /// <inheritdoc cref="NameOf(object)"/>
    public WireNameAttribute NameOf(Type type) =>
        _byType.TryGetValue(type, out var contract) ? contract.Name : throw new InvalidOperationException($"{type} is not a known contract.");

    /// <summary>How a message is written as JSON.</summary>
    public JsonTypeInfo JsonOf(Type type) =>
        _byType.TryGetValue(type, out var contract) ? contract.Json : throw new InvalidOperationException($"{type} is not a known contract.");

    /// <summary>The JSON of a message, camelCase, without its wire name; of an older version as that version writes it.</summary>
    public string Write(object message) => PlainJson.Write(message, JsonOf(message.GetType()));

    /// <summary>The message that <paramref name="data"/> stores, in the shape of its newest version.</summary>
    /// <exception cref="UnknownContractException">The name is unknown, or newer than this code.</exception>
    /// <exception cref="JsonException">The data does not fit the contract.</exception>
    public object Read(string name, int version, string data) => Newest(ReadAsStored(name, version, data));

    /// <summary>The message that <paramref name="data"/> stores, in the shape it was stored in.</summary>
    /// <inheritdoc cref="Read(string, int, string)"/>
    public object ReadAsStored(string name, int version, string data) =>
        JsonSerializer.Deserialize(data, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null.");

    /// <inheritdoc cref="Read(string, int, string)"/>
    /// <param name="utf8">The data in UTF-8.</param>
    public object Read(string name, int version, ReadOnlySpan<byte> utf8) =>
        Newest(JsonSerializer.Deserialize(utf8, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null."));

    /// <summary>The message in the shape of its newest version.</summary>
    public object Newest(object message)
    {
        while (_upcasts.TryGetValue(message.GetType(), out var upcast)) message = upcast.Apply(message);
        return message;
    }

    private JsonTypeInfo Find(string name, int version) =>
        _byName.TryGetValue((name, version), out var contract)
            ? contract.Json
            : throw new UnknownContractException(name, version, _newest.TryGetValue(name, out var newest) ? newest : null);

    private sealed record Contract(
        Type Type,
        WireNameAttribute Name,
        JsonTypeInfo Json);
}
