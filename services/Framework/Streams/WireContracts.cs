using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>
/// The closed list of messages that can be stored or sent, by wire name and version. A message of an older version is
/// upcast to the latest when it is read. Stored messages never change.
/// </summary>
public sealed class WireContracts
{
    private readonly Dictionary<Type, Contract> _byType = [];
    private readonly Dictionary<(string Name, int Version), Contract> _byName = [];
    private readonly Dictionary<string, int> _newest = [];
    private readonly Dictionary<Type, Upcast> _upcasts = [];

    /// <summary>Creates the list of these messages, with every version that may still occur.</summary>
    /// <param name="upcasts">One upcast from each older version to the next.</param>
    /// <exception cref="InvalidOperationException">An older version has no upcast to the latest one, or an upcast leads
    /// elsewhere.</exception>
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

    /// <summary>
    /// Creates the list of the messages of one kind in the JSON context, which names every version that may still occur.
    /// </summary>
    /// <typeparam name="TMessage"><see cref="ICommand"/> or <see cref="IEvent"/>.</typeparam>
    /// <inheritdoc cref="WireContracts(JsonSerializerContext, IReadOnlyList{Type}, IReadOnlyList{Upcast})"/>
    public static WireContracts In<TMessage>(JsonSerializerContext json, params IReadOnlyList<Upcast> upcasts) => new(
        json,
        [
            .. json.GetType().GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
                .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
                .Where(type => type.IsAssignableTo(typeof(TMessage))),
        ],
        upcasts);

    /// <summary>Every message type, in every version.</summary>
    public IReadOnlyCollection<Type> Types => _byType.Keys;

    /// <summary>The latest version of every message. Only these are decided, folded and followed.</summary>
    public IEnumerable<Type> NewestTypes => _byType.Keys.Where(type => !_upcasts.ContainsKey(type));

    public IReadOnlyList<string> Names { get; }

    /// <summary>Returns true if a message of any version has this wire name.</summary>
    public bool Knows(string name) => _newest.ContainsKey(name);

    public WireNameAttribute NameOf(object message) => NameOf(message.GetType());

    /// <inheritdoc cref="NameOf(object)"/>
    public WireNameAttribute NameOf(Type type) =>
        _byType.TryGetValue(type, out var contract) ? contract.Name : throw new InvalidOperationException($"{type} is not a known contract.");

    /// <summary>Returns how a message type is serialized as JSON.</summary>
    public JsonTypeInfo JsonOf(Type type) =>
        _byType.TryGetValue(type, out var contract) ? contract.Json : throw new InvalidOperationException($"{type} is not a known contract.");

    /// <summary>
    /// Returns the JSON of a message in camel case, without its wire name. A message of an older version is written in
    /// that version.
    /// </summary>
    public string Write(object message) => PlainJson.Write(message, JsonOf(message.GetType()));

    /// <summary>Reads the message in <paramref name="data"/>, and upcasts it to its latest version.</summary>
    /// <exception cref="UnknownContractException">The name is unknown, or newer than this code.</exception>
    /// <exception cref="JsonException">The data does not fit the contract.</exception>
    public object Read(string name, int version, string data) => Newest(ReadAsStored(name, version, data));

    /// <summary>Reads the message in <paramref name="data"/> in its stored version.</summary>
    /// <inheritdoc cref="Read(string, int, string)"/>
    public object ReadAsStored(string name, int version, string data) =>
        JsonSerializer.Deserialize(data, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null.");

    /// <inheritdoc cref="Read(string, int, string)"/>
    /// <param name="utf8">The data in UTF-8.</param>
    public object Read(string name, int version, ReadOnlySpan<byte> utf8) =>
        Newest(JsonSerializer.Deserialize(utf8, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null."));

    /// <summary>Upcasts the message to its latest version.</summary>
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
