using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>Finds events that should be mailed about and are not.</summary>
public static class MailCheck
{
    /// <summary>
    /// Checks that each event with the tag of the mails has occasions, and that the event of each occasion has the tag.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is missing. The message names each piece and its place.</exception>
    public static void EnsureMailed(this Domain domain, string tag, IEnumerable<IOccasions> kinds)
    {
        var mailed = kinds.SelectMany(kind => kind.Events, (kind, @event) => (Kind: kind, Event: @event)).ToList();
        List<string> missing =
        [
            .. domain.Events.NewestTypes
                .Where(@event => HasTag(@event) && !mailed.Exists(one => one.Event == @event))
                .Select(@event => $"{@event.Name} has the tag '{tag}', and no mail. Register its IOccasions, or remove the tag{SourceFile.In(@event)}."),
            .. mailed
                .Where(one => !HasTag(one.Event))
                .Select(one => $"{one.Kind.GetType().Name} mails about {one.Event.Name}, which never arrives. Add the tag '{tag}'{SourceFile.In(one.Event)}."),
        ];
        if (missing.Count > 0) throw new InvalidOperationException($"The mails are not complete:\n{string.Join('\n', missing)}");

        bool HasTag(Type @event) => domain.Events.NameOf(@event).Tags.Contains(tag);
    }
}
