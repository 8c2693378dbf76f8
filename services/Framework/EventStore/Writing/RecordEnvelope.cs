using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// The checked fields of a record. Reading never throws on a field's value: <see cref="Fault"/> describes the first
/// invalid field.
/// </summary>
internal struct RecordEnvelope
{
    // The longest wire name has 26 characters, a trace id 32, a stream id 200. Longer texts would only fill the tip.
    private const int MaxType = 100;
    private const int MaxRole = 32;
    private const int MaxActor = 200;
    private const int MaxCorrelation = StreamId.MaxLength;

    private static readonly byte[][] Names =
    [
        [.. "id"u8], [.. "key"u8], [.. "stream"u8], [.. "type"u8], [.. "typeVersion"u8], [.. "data"u8],
        [.. "actor"u8], [.. "role"u8], [.. "at"u8], [.. "ifMatch"u8], [.. "correlation"u8], [.. "cause"u8],
    ];

    private RecordEnvelope(ReadOnlyMemory<byte> record, string partitionKey, IReadOnlyList<string> types)
    {
        Span<Field> all = stackalloc Field[Names.Length];
        all.Clear();
        var fields = new Fields(record.Span, all);
        ReadFields(ref fields);

        CommandId = fields.Id(Known.Id);
        if (CommandId == Guid.Empty) CommandId = null;
        if (CommandId is null) Blame("id");
        if (StreamId.TryParse(fields.TextLike(Known.Stream, partitionKey), out var stream)) Stream = stream;
        else Blame("stream");
        KeyId = fields.Has(Known.Key) ? fields.Id(Known.Key) ?? Blame("key") : null;
        Type = fields.LineLike(Known.Type, types, MaxType) ?? Blame<string>("type");
        TypeVersion = fields.Number(Known.TypeVersion) is >= int.MinValue and <= int.MaxValue and var version ? (int)version : Blame("typeVersion", 0);
        Data = fields.Has(Known.Data) && fields.IsText(Known.Data) ? record.Slice(all[Known.Data].Start, all[Known.Data].Length) : Blame("data", default(ReadOnlyMemory<byte>?));
        Actor = ReadActor(ref fields);
        IssuedAt = fields.Number(Known.At) is { } at && IsTime(at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : Blame("at", default(DateTimeOffset?));
        IfMatch = fields.Has(Known.IfMatch) ? fields.Number(Known.IfMatch) ?? Blame("ifMatch", default(long?)) : null;
        CorrelationId = fields.Has(Known.Correlation) && !fields.IsNull(Known.Correlation)
            ? fields.Line(Known.Correlation, MaxCorrelation) ?? Blame<string>("correlation")
            : null;
        CausationId = fields.Has(Known.Cause) ? fields.Id(Known.Cause) ?? Blame("cause") : null;
    }

    /// <summary>Describes the first invalid field, or null if all are valid.</summary>
    public string? Fault { readonly get; private set; }

    public Guid? CommandId { get; }

    public StreamId? Stream { get; }

    public Guid? KeyId { get; }

    public string? Type { get; }

    public int TypeVersion { get; }

    /// <summary>The command's JSON as a part of the record, without copying.</summary>
    public ReadOnlyMemory<byte>? Data { get; }

    public Actor? Actor { get; }

    public DateTimeOffset? IssuedAt { get; }

    public long? IfMatch { get; }

    public string? CorrelationId { get; }

    public Guid? CausationId { get; }

    /// <summary>True if the record names its stream and its command id.</summary>
    [MemberNotNullWhen(true, nameof(CommandId), nameof(Stream))]
    public readonly bool IsAddressed => CommandId is not null && Stream is not null;

    /// <param name="partitionKey">The record's partition key, which is normally the stream's id.</param>
    /// <param name="types">Wire names to expect.</param>
    /// <exception cref="JsonException">The record is not JSON.</exception>
    /// <exception cref="InvalidOperationException">The record is not a JSON object.</exception>
    public static RecordEnvelope Of(ReadOnlyMemory<byte> record, string partitionKey, IReadOnlyList<string> types) => new(record, partitionKey, types);

    private void ReadFields(ref Fields fields)
    {
        var reader = new Utf8JsonReader(fields.Record);
        reader.Read();
        // The outcome of such a record contains this exception's message, the same on every delivery.
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            using var json = JsonDocument.Parse(fields.Record.ToArray());
            json.RootElement.EnumerateObject();
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = IndexOf(ref reader, expected);
            reader.Read();
            var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            if (field < 0) continue;
            expected = field + 1;
            var isFirst = fields.Take(field, new Field(type, start, (int)reader.BytesConsumed - start));
            // If a field occurs twice, it is unknown which value was meant.
            if (!isFirst) Fault ??= $"It has '{Encoding.UTF8.GetString(Names[field])}' twice.";
        }

        // Any bytes after the object are invalid.
        reader.Read();
    }

    private int IndexOf(ref Utf8JsonReader reader, int expected)
    {
        try
        {
            // Our own records have their fields in this order.
            for (var i = 0; i < Names.Length; i++)
            {
                var field = (expected + i) % Names.Length;
                if (reader.ValueTextEquals(Names[field])) return field;
            }
        }
        catch (InvalidOperationException)
        {
            Fault ??= "A field's name is not valid Unicode.";
        }

        return -1;
    }

    /// <summary>Customers and sellers are part of stream ids, so their ids must be valid subjects.</summary>
    private Actor? ReadActor(ref Fields fields)
    {
        var (id, role) = (fields.Line(Known.Actor, MaxActor), fields.Line(Known.Role, MaxRole));
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

    /// <summary>Indexes into <see cref="Names"/>.</summary>
    private static class Known
    {
        public const int Id = 0, Key = 1, Stream = 2, Type = 3, TypeVersion = 4, Data = 5;
        public const int Actor = 6, Role = 7, At = 8, IfMatch = 9, Correlation = 10, Cause = 11;
    }

    /// <summary>The position of a field's value.</summary>
    private readonly record struct Field(
        JsonTokenType Type,
        int Start,
        int Length);

    /// <summary>The values of the known fields. A value that cannot be read is null.</summary>
    private readonly ref struct Fields(ReadOnlySpan<byte> record, Span<Field> all)
    {
        private readonly Span<Field> _all = all;

        public ReadOnlySpan<byte> Record { get; } = record;

        /// <summary>
        /// Stores a field's value. Returns false if the field occurred before, and then removes its value.
        /// </summary>
        public bool Take(int field, Field value)
        {
            var isFirst = _all[field].Length == 0;
            _all[field] = isFirst ? value : value with { Type = JsonTokenType.None };
            return isFirst;
        }

        public bool Has(int field) => _all[field].Type != JsonTokenType.None;

        public bool IsNull(int field) => _all[field].Type == JsonTokenType.Null;

        /// <summary>Returns true if the value's bytes are valid UTF-8.</summary>
        public bool IsText(int field) => Utf8.IsValid(BytesOf(field));

        public string? Text(int field)
        {
            if (_all[field].Type != JsonTokenType.String) return null;
            try
            {
                return ReaderOf(field).GetString();
            }
            catch (InvalidOperationException)
            {
                // The text is invalid UTF-8, or contains half of a surrogate pair.
                return null;
            }
        }

        /// <summary>Returns the text, or the instance <paramref name="likely"/> if it is equal.</summary>
        public string? TextLike(int field, string likely) => Is(field, likely) ? likely : Text(field);

        /// <summary>Returns the line, or the instance from <paramref name="likely"/> that is equal.</summary>
        public string? LineLike(int field, IReadOnlyList<string> likely, int most)
        {
            for (var i = 0; i < likely.Count; i++)
                if (Is(field, likely[i])) return likely[i];
            return Line(field, most);
        }

        /// <summary>Returns a text of one line that is not blank, or null.</summary>
        public string? Line(int field, int most)
        {
            if (Text(field) is not { } text || text.Length > most || string.IsNullOrWhiteSpace(text)) return null;
            foreach (var c in text)
                if (char.IsControl(c)) return null;
            return text;
        }

        public Guid? Id(int field)
        {
            try
            {
                return _all[field].Type == JsonTokenType.String && ReaderOf(field).TryGetGuid(out var id) ? id : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        public long? Number(int field) =>
            _all[field].Type == JsonTokenType.Number && ReaderOf(field).TryGetInt64(out var number) ? number : null;

        private bool Is(int field, string text) =>
            _all[field].Type == JsonTokenType.String && _all[field].Length == text.Length + 2 && Ascii.Equals(BytesOf(field)[1..^1], text);

        private ReadOnlySpan<byte> BytesOf(int field) => Record.Slice(_all[field].Start, _all[field].Length);

        private Utf8JsonReader ReaderOf(int field)
        {
            var reader = new Utf8JsonReader(BytesOf(field));
            reader.Read();
            return reader;
        }
    }
}
