using System.Text;
using System.Text.Json;
using ServerlessCqrs.Shop;
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

    private static readonly byte[] Head = "{\"events\":["u8.ToArray();
    private static readonly byte[] Tail = "]}"u8.ToArray();

    /// <summary>The messages for these events. An event larger than a message stands alone in one; one without tags has no follower and is left out.</summary>
    public static IReadOnlyList<PackedMessage> Pack(IReadOnlyList<EventRecord> events)
    {
        List<PackedMessage> messages = [];
        using var one = new MemoryStream(1024);
        using var json = new Utf8JsonWriter(one, PlainJson.Writing with { SkipValidation = true });
        using var body = new MemoryStream(Math.Min(EventMessage.MaxBytes, 512 * events.Count));
        HashSet<string> tags = [];
        var count = 0;
        foreach (var e in events)
        {
            var followers = ShopContracts.Events.NameOf(e.Event).Tags;
            if (followers.Count == 0) continue;
            one.SetLength(0);
            json.Reset();
            EventJson.Write(json, e);
            json.Flush();
            if (count > 0 && Head.Length + body.Length + one.Length + Tail.Length + Reserved > EventMessage.MaxBytes) Close();
            if (count++ > 0) body.WriteByte((byte)',');
            one.WriteTo(body);
            tags.UnionWith(followers);
        }

        if (count > 0) Close();
        return messages;

        void Close()
        {
            messages.Add(new PackedMessage($"{Encoding.UTF8.GetString(Head)}{Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length)}{Encoding.UTF8.GetString(Tail)}", tags, count));
            body.SetLength(0);
            tags = [];
            count = 0;
        }
    }
}
