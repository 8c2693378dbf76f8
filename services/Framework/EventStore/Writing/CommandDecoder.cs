using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Decodes records. No record stops its shard: an unreadable one becomes a refusal with the code <see
/// cref="CommonRefusals.Malformed"/>. If it names its stream and command, it is refused under that command id, so that
/// its client finds the outcome. Otherwise its id is derived from its position on the Kinesis stream.
/// </summary>
internal static class CommandDecoder
{
    private const string Unknown = "unknown";

    // A contract gets a new version with some releases. A much higher number is garbage that no newer code will know.
    private const int MostVersions = 1_000;

    // A parser's message can contain text of the record.
    private const int MaxReason = 500;

    // Kinesis refuses producers whose clocks are off by 5 minutes (Signature Version 4). One such command would keep
    // its stream's time in the future.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private static readonly Actor Nobody = new(Unknown, Unknown);

    /// <summary>
    /// Returns the command of a record. If the record names no stream or command, it returns an outcome that records
    /// this. Never throws.
    /// </summary>
    public static (ArrivedCommand? Command, CommandOutcome? Unreadable) Read(string source, ArrivedRecord record, Domain domain)
    {
        var tooLarge = record.Data.Length > CommandJson.MaxBytes ? $"A command takes at most {CommandJson.MaxBytes} bytes." : null;
        try
        {
            var envelope = RecordEnvelope.Of(record.Data, record.PartitionKey, domain.Commands.Names);
            if (!envelope.IsAddressed) return (null, Unreadable(source, record, tooLarge ?? envelope.Fault!));
            var stream = envelope.Stream.Value;
            // Another key may belong to another shard, whose sequence numbers are not comparable with the stream's own.
            if (stream.ToString() != record.PartitionKey)
                return (null, Unreadable(source, record, tooLarge ?? "The partition key is not the stream's id."));
            return domain.DeciderOf(stream) is null && !IsOfUnknownKind(domain, envelope, tooLarge)
                ? (null, Unreadable(source, record, tooLarge ?? $"No stream has the category '{stream.Category}'."))
                : (Command(domain, source, record, envelope, tooLarge), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, Unreadable(source, record, tooLarge ?? e.Message));
        }
    }

    /// <summary>Returns true if a newer release may have added both the category and this command.</summary>
    private static bool IsOfUnknownKind(Domain domain, in RecordEnvelope envelope, string? tooLarge) =>
        tooLarge is null && envelope.Fault is null && ReadCommand(domain, envelope.Type!, envelope.TypeVersion, envelope.Data!.Value.Span).IsNewer;

    /// <summary>Decodes a parked record for its stream's next decision.</summary>
    public static ArrivedCommand Parked(StreamId stream, string source, ParkedRecord parked, Domain domain)
    {
        var record = new ArrivedRecord(parked.SequenceNumber, stream.ToString(), parked.ArrivedAt, parked.Data);
        var command = Read(source, record, domain).Command
            ?? throw new FormatException($"The tip of {stream} parks a record that names no command: {parked.SequenceNumber}.");
        return parked.Refusal is { } refusal
            ? command with { IsNewer = false, Command = null, Malformed = refusal, ParkedAs = parked }
            : command with { ParkedAs = parked };
    }

    private static ArrivedCommand Command(Domain domain, string source, ArrivedRecord record, in RecordEnvelope envelope, string? tooLarge)
    {
        // Newer code would refuse a faulty envelope too, so only a valid one is parked.
        var fault = tooLarge ?? envelope.Fault;
        var (command, malformed, isNewer) = fault is null
            ? ReadCommand(domain, envelope.Type!, envelope.TypeVersion, envelope.Data!.Value.Span)
            : (null, fault, false);
        var at = envelope.IssuedAt;
        if (at < DateTimeOffset.UnixEpoch || at > record.ArrivedAt + MaxSkew)
        {
            malformed = $"Its time, {at:O}, cannot be: it arrived at {record.ArrivedAt:O}.";
            (command, isNewer, at) = (null, false, null);
        }

        return new ArrivedCommand(
            record.SequenceNumber,
            envelope.CommandId!.Value,
            envelope.KeyId,
            envelope.Stream!.Value,
            envelope.Type ?? Unknown,
            command,
            malformed is null ? null : Shortened(malformed),
            // A tip stores the outcome, and has no room for so much data.
            tooLarge is null ? envelope.Data : null,
            envelope.Actor ?? Nobody,
            // Without a readable time the earliest one is used, which is the same on every delivery.
            at ?? DateTimeOffset.UnixEpoch,
            record.ArrivedAt,
            envelope.IfMatch,
            envelope.CorrelationId,
            envelope.CausationId)
        {
            IsNewer = isNewer,
            Raw = record.Data,
            // Releases up to 7d5ba1d recorded it under this id.
            FormerOutcome = fault is null ? null : Unreadable(source, record, fault),
        };
    }

    private static (ICommand? Command, string? Malformed, bool IsNewer) ReadCommand(
        Domain domain,
        string type,
        int version,
        ReadOnlySpan<byte> data)
    {
        try
        {
            return ((ICommand)domain.Commands.Read(type, version, data), null, false);
        }
        catch (UnknownContractException e)
        {
            return (null, e.Message, (e.IsNewer || IsName(domain, type)) && version is > 0 and <= MostVersions);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, e.Message, false);
        }
    }

    /// <summary>Returns true if a future command may have this wire name. Anything else is not parked.</summary>
    private static bool IsName(Domain domain, string type) => !domain.Commands.Knows(type) && char.IsAsciiLetterUpper(type[0]) && type.All(char.IsAsciiLetterOrDigit);

    // No bytes of the record are stored, because their owner is unknown.
    private static CommandOutcome Unreadable(string source, ArrivedRecord record, string why) => new(
        StreamId.TryParse(record.PartitionKey, out var stream) ? stream : StreamId.Of(CommonRefusals.Malformed, "records"),
        CommandIds.OfUnreadable(source, record.SequenceNumber),
        KeyId: null,
        CommandType: Unknown,
        CommandStatus.Refused,
        Version: 0,
        Events: [],
        CommonRefusals.Malformed,
        $"{Shortened(why)} ({record.Data.Length} bytes, "
            + $"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(record.Data.Span))}, sequence number {record.SequenceNumber})",
        CommandData: null,
        Nobody,
        record.ArrivedAt,
        record.ArrivedAt,
        CorrelationId: null,
        CausationId: null);

    private static string Shortened(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, MaxReason));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxReason) break;
            kept.Append(rune);
        }

        return kept.ToString();
    }
}
