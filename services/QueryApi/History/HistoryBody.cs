using System.Text.Json.Serialization;
using ServerlessCqrs.ReadModels.History;

namespace ServerlessCqrs.QueryApi.History;

/// <summary>A page of a history, the newest first.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record HistoryBody(
    IReadOnlyList<HistoryItem> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
