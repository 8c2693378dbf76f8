using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Shop;

/// <summary>The closed list of messages that may be stored or sent, each found by its wire name and version, and back.</summary>
public sealed class WireContracts
{
    private readonly Dictionary<Type, Contract> _byType = [];
    private readonly Dictionary<(string Name, int Version), Contract> _byName = [];
    private readonly Dictionary<string, int> _newest = [];

    public WireContracts(JsonSerializerContext json, params IReadOnlyList<Type> types)
    {
        foreach (var type in types)
        {
            var name = type.GetCustomAttribute<WireNameAttribute>() ?? throw new InvalidOperationException($"{type} has no wire name.");
            var contract = new Contract(name, json.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is missing in {json.GetType().Name}."));
            _byType.Add(type, contract);
            _byName.Add((name.Name, name.Version), contract);
            _newest[name.Name] = Math.Max(name.Version, _newest.GetValueOrDefault(name.Name));
        }
    }

    /// <summary>Every message type there is.</summary>
    public IReadOnlyCollection<Type> Types => _byType.Keys;

    /// <summary>The wire name of a message.</summary>
    public WireNameAttribute NameOf(object message) => NameOf(message.GetType());

    /// <inheritdoc cref="NameOf(object)"/>
    public WireNameAttribute NameOf(Type type) =>
        _byType.TryGetValue(type, out var contract) ? contract.Name : throw new InvalidOperationException($"{type} is not a known contract.");

    /// <summary>The JSON of a message, camelCase, without its wire name.</summary>
    public string Write(object message) => JsonSerializer.Serialize(message, _byType[message.GetType()].Json);

    /// <summary>The message that <paramref name="data"/> stores.</summary>
    /// <exception cref="UnknownContractException">The name is unknown, or newer than this code.</exception>
    /// <exception cref="JsonException">The data does not fit the contract.</exception>
    public object Read(string name, int version, ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null.");

    /// <inheritdoc cref="Read(string, int, ReadOnlySpan{byte})"/>
    public object Read(string name, int version, string data) =>
        JsonSerializer.Deserialize(data, Find(name, version)) ?? throw new JsonException($"{name} v{version} is null.");

    private JsonTypeInfo Find(string name, int version) =>
        _byName.TryGetValue((name, version), out var contract)
            ? contract.Json
            : throw new UnknownContractException(name, version, _newest.TryGetValue(name, out var newest) ? newest : null);

    private sealed record Contract(
        WireNameAttribute Name,
        JsonTypeInfo Json);
}
