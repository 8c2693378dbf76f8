using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary>The kinds of values that depend on the system.</summary>
internal static class SystemValues
{
    /// <summary>The id of a stream, as an example for the help.</summary>
    public static string ExampleStream(OperatedSystem system) =>
        $"{CategoriesOf(system)[0]}-6579c22f-be2b-444c-a52b-0116dd82df6c";

    public static Value<string> Category(OperatedSystem system)
    {
        var categories = CategoriesOf(system);
        return Values.Text("NAME", $"one of {string.Join(", ", categories)}", categories.Contains);
    }

    public static Value<string> Queue(OperatedSystem system)
    {
        string[] queues = [.. system.Topology.Queues.Select(queue => queue.Name)];
        return Values.Text("NAME", $"one of {string.Join(", ", queues)}", queues.Contains);
    }

    public static Value<StreamId?> Stream(OperatedSystem system) => new(
        "STREAM",
        $"a stream like {ExampleStream(system)}: a key after one of {string.Join("-, ", CategoriesOf(system))}-",
        (string text, out StreamId? value) =>
        {
            value = StreamId.TryParse(text, out var stream) && system.Domain.DeciderOf(stream) is not null ? stream : null;
            return value is not null;
        });

    private static string[] CategoriesOf(OperatedSystem system) =>
        [.. system.Domain.Deciders.Select(decider => decider.Category)];
}
