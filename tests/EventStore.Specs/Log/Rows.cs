using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Log;

/// <summary>Creates events and outcomes from numbers.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static StreamId NewStream(string category = "product") => StreamId.Of(category, Guid.NewGuid());

    public static EventRecord Event(StreamId stream, long version, Guid? command = null, string? data = null) => new(
        ShopContracts.Events,
        stream,
        version,
        CommandIds.OfEvent(command ?? CommandOf(stream, version), 0),
        "ProductPriceUpdated",
        1,
        data ?? $$$"""{"old":{"amount":{{{version}}},"currency":"USD"},"new":{"amount":{{{version + 1}}}.5,"currency":"USD"}}""",
        command ?? CommandOf(stream, version),
        new Actor("seller-1", ShopRoles.Seller),
        Noon.AddMilliseconds(version));

    public static IReadOnlyList<EventRecord> Events(StreamId stream, int count) => [.. Enumerable.Range(1, count).Select(version => Event(stream, version))];

    public static CommandOutcome Outcome(EventRecord made, Guid? key = null) => new(
        made.Stream,
        made.CommandId,
        key,
        "UpdateProductPrice",
        CommandStatus.Applied,
        made.Version,
        [made.Type],
        null,
        null,
        null,
        made.Actor,
        made.At,
        made.At.AddMilliseconds(-5),
        null,
        null);

    public static CommandOutcome Refusal(StreamId stream, Guid command, Guid? key, string code = "price_cut_too_deep") => new(
        stream,
        command,
        key,
        "UpdateProductPrice",
        CommandStatus.Refused,
        3,
        [],
        code,
        "'Zwölf' is \"less\" than half:\n\\ a tab\t and NUL-free.",
        """{"amount":12,"currency":"USD"}""",
        new Actor("seller|1@shop", ShopRoles.Seller),
        Noon,
        Noon.AddSeconds(-1),
        "request-7",
        Guid.Parse("0196f3a2-3f0d-7d34-8c1d-0a52c2b7a001"));

    private static Guid CommandOf(StreamId stream, long version) => CommandIds.Named(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), $"{stream} {version}");
}
