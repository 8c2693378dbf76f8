using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.HistoryToRecommendations;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ShopViews.Recommendations;

return await FunctionHost.RunAsync(args, function =>
{
    var days = int.Parse(function.Configuration.Required("SALES_WINDOW_DAYS"), CultureInfo.InvariantCulture);
    function.Services.AddSalesHistory(function.Configuration);
    function.Services.AddSalesRankings(function.Configuration);
    function.Services.AddRankingCheckpoint(function.Configuration);
    function.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<SalesRanker>(s, TimeSpan.FromDays(days)));
    function.Services.AddSingleton<IScheduledHandler, RecommendationsHandler>();
});
