using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// The fields of a record, each checked. Whatever a field holds, reading it never throws: the first fault is in <see
/// cref="Fault"/>.
/// </summary>
internal sealed class RecordEnvelope
{
    // The longest wire name has 26 characters, a trace id 32, a stream id 200. Longer texts would only fill the tip.
    private const int MaxType = 100;
    private const int MaxRole = 32;
    private const int MaxActor = 200;
    private const int MaxCorrelation = StreamId.MaxLength;

    private static readonly string[] Names =
    [
        "id", "key", "stream", "type", "typeVersion", "data", "actor", "role", "at", "ifMatch", "correlation", "cause",
    ];

    private readonly JsonElement[] _fields = new JsonElement[Names.Length];
    private int _seen;

    private RecordEnvelope(JsonElement json)
    {
        foreach (var property in json.EnumerateObject()) Take(property);

        CommandId = Id(0);
        if (CommandId == Guid.Empty) CommandId = null;
        if (CommandId is null) Blame("id");
        if (StreamId.TryParse(Text(2), out var stream)) Stream = stream;
        else Blame("stream");
        KeyId = Has(1) ? Id(1) ?? Blame("key") : null;
        Type = Line(3, MaxType) ?? Blame<string>("type");
        TypeVersion = Number(4) is >= int.MinValue and <= int.MaxValue and var version ? (int)version : Blame("typeVersion", 0);
        Data = Raw(5) ?? Blame<string>("data");
        Actor = ReadActor();
        IssuedAt = Number(8) is { } at && IsTime(at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : Blame("at", default(DateTimeOffset?));
        IfMatch = Has(9) ? Number(9) ?? Blame("ifMatch", default(long?)) : null;
        CorrelationId = Has(10) && _fields[10].ValueKind != JsonValueKind.Null
            ? Line(10, MaxCorrelation) ?? Blame<string>("correlation")
            : null;
        CausationId = Has(11) ? Id(11) ?? Blame("cause") : null;
    }

    /// <summary>What is wrong with the first field that is not as it must be; null where all are right.</summary>
    public string? Fault { get; private set; }

    public Guid? CommandId { get; }

    public StreamId? Stream { get; }

    public Guid? KeyId { get; }

    public string? Type { get; }

    public int TypeVersion { get; }

    public string? Data { get; }

    public Actor? Actor { get; }

    public DateTimeOffset? IssuedAt { get; }

    public long? IfMatch { get; }

    public string? CorrelationId { get; }

    public Guid? CausationId { get; }

    /// <summary>Whether the record says for which stream and under which id it is meant.</summary>
    [MemberNotNullWhen(true, nameof(CommandId), nameof(Stream))]
    public bool IsAddressed => CommandId is not null && Stream is not null;

    /// <exception cref="InvalidOperationException"><paramref name="json"/> is not an object.</exception>
    public static RecordEnvelope Of(JsonElement json) => new(json);

    private void Take(JsonProperty property)
    {
        var field = IndexOf(property);
        if (field < 0) return;
        var isFirst = (_seen & 1 << field) == 0;
        _seen |= 1 << field;
        // Of two values nobody knows which one was meant.
        if (!isFirst) Fault ??= $"It has '{Names[field]}' twice.";
        _fields[field] = isFirst ? property.Value : default;
    }

    private int IndexOf(JsonProperty property)
    {
        try
        {
            for (var i = 0; i < Names.Length; i++)
                if (property.NameEquals(Names[i])) return i;
        }
        catch (InvalidOperationException)
        {
            Fault ??= "A field's name is not valid Unicode.";
        }

        return -1;
    }

    private bool Has(int field) => _fields[field].ValueKind != JsonValueKind.Undefined;

    private string? Text(int field)
    {
        try
        {
            return _fields[field].ValueKind == JsonValueKind.String ? _fields[field].GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8, or half of a surrogate pair.
            return null;
        }
    }

    /// <summary>A text of one line that is not blank.</summary>
    private string? Line(int field, int most) =>
        Text(field) is { } text && text.Length <= most && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)
            ? text
            : null;

    private Guid? Id(int field)
    {
        try
        {
            return _fields[field].ValueKind == JsonValueKind.String && _fields[field].TryGetGuid(out var id) ? id : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private long? Number(int field) =>
        _fields[field].ValueKind == JsonValueKind.Number && _fields[field].TryGetInt64(out var number) ? number : null;

    private string? Raw(int field)
    {
        try
        {
            return Has(field) ? _fields[field].GetRawText() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Customers and sellers stand in stream ids, so their ids must be subjects.</summary>
    private Actor? ReadActor()
    {
        var (id, role) = (Line(6, MaxActor), Line(7, MaxRole));
        if (id is null || role is not Actor.Operator && !Subject.IsValid(id)) return Blame<Actor>("actor");
        return role is null ? Blame<Actor>("role") : new Actor(id, role);
    }

    private static bool IsTime(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private Guid? Blame(string field) => Blame(field, default(Guid?));

    private T? Blame<T>(string field) where T : class => Blame(field, default(T));

    private T Blame<T>(string field, T none)
    {
        Fault ??= $"Its '{field}' is missing or not valid.";
        return none;
    }
}
