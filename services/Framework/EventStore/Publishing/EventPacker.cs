using System.Buffers;
using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Publishing;

/// <summary>A message ready to publish.</summary>
/// <param name="Tags">The tags of all events in it: the attributes that subscriptions filter by.</param>
public sealed record PackedMessage(
    string Body,
    IReadOnlySet<string> Tags,
    int Events);

/// <summary>Packs many events into few messages of at most <see cref="EventMessage.MaxBytes"/>, in their order: SNS bills by the started 64 KB, not by the event.</summary>
public static class EventPacker
{
    // Attributes count towards a message's size: at most ten of them, some thirty bytes each.
    private const int Reserved = 1024;

    private static ReadOnlySpan<byte> Head => "{\"events\":["u8;

    private static ReadOnlySpan<byte> Comma => ","u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>The messages for these events. An event larger than a message stands alone in one; one without tags has no follower and is left out.</summary>
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
