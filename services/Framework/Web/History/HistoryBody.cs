using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.History;

namespace ServerlessCqrs.Web.History;

/// <summary>A page of a history, the newest first.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record HistoryBody(
    IReadOnlyList<HistoryItem> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next)
{
    public static HistoryBody Of((IReadOnlyList<HistoryItem> Items, TrailPlace? Next) page) => new(page.Items, page.Next is null ? null : HistoryParameters.CursorOf(page.Next));

    /// <summary>
    /// Omits the changes of each event, and marks that. Used for a command whose changes are larger than a page.
    /// </summary>
    public HistoryBody WithoutChanges() => this with { Items = [.. Items.Select(item => item with { Events = [.. item.Events.Select(e => e with { Changes = null, ChangesLeftOut = true })] })] };
}
