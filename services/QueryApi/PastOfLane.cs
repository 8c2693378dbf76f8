using ServerlessCqrs.ShopViews.History;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi;

/// <summary>The read models as they were, through a lane's circuits.</summary>
internal static class PastOfLane
{
    public static PastReadModels Past(this Lane lane) => new(lane.Log, lane.Reader, lane.Log);
}
