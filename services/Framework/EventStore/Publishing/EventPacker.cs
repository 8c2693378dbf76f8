using System.Buffers;
using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Publishing;

/// <summary>A message ready to publish.</summary>
/// <param name="Tags">The tags of all its events, which become the attributes that subscriptions filter by.</param>
public sealed record PackedMessage(
    string Body,
    IReadOnlySet<string> Tags,
    int Events);

/// <summary>
/// Packs events in order into few messages of at most <see cref="EventMessage.MaxBytes"/>, because SNS bills per
/// started 64 KB and not per event.
/// </summary>
public static class EventPacker
{
    // Attributes count towards a message's size. There are at most ten, of about thirty bytes each.
    private const int Reserved = 1024;

    private static ReadOnlySpan<byte> Head => "{\"events\":["u8;

    private static ReadOnlySpan<byte> Comma => ","u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>
    /// Packs these events into messages. An event larger than a message gets its own. An event without tags has no
    /// subscriber and is left out.
    /// </summary>
    public static IReadOnlyList<PackedMessage> Pack(IReadOnlyList<EventRecord> events)
    {
        List<PackedMessage> messages = [];
        var body = new ArrayBufferWriter<byte>(Math.Min(EventMessage.MaxBytes, 512 * (events.Count + 1)));
        using var json = new Utf8JsonWriter(body, PlainJson.Writing with { SkipValidation = true });
        HashSet<string> tags = [];
        IReadOnlyCollection<string>? added = null;
        var count = 0;
        foreach (var e in events)
        {
            var followers = e.Contracts.NameOf(e.Event).Tags;
            if (followers.Count == 0) continue;
            var before = body.WrittenCount;
            body.Write(count == 0 ? Head : Comma);
            var start = body.WrittenCount;
            json.Reset();
            EventJson.Write(json, e);
            json.Flush();
            if (count > 0 && body.WrittenCount + Tail.Length + Reserved > EventMessage.MaxBytes)
            {
                var tooMuch = body.WrittenSpan[start..].ToArray();
                Close(before);
                body.Write(Head);
                body.Write(tooMuch);
            }

            count++;
            if (!ReferenceEquals(followers, added)) tags.UnionWith(added = followers);
        }

        if (count > 0) Close(body.WrittenCount);
        return messages;

        void Close(int length)
        {
            messages.Add(new PackedMessage(TextOf(body.WrittenSpan[..length]), tags, count));
            body.ResetWrittenCount();
            tags = [];
            added = null;
            count = 0;
        }
    }

    private static string TextOf(ReadOnlySpan<byte> body) =>
        string.Create(Encoding.UTF8.GetCharCount(body) + Tail.Length, body, static (text, utf8) =>
        {
            var length = Encoding.UTF8.GetChars(utf8, text);
            Encoding.UTF8.GetChars(Tail, text[length..]);
        });
}
