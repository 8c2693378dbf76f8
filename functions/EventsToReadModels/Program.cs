using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration);
    function.Services.AddReadModels(function.Configuration);
    function.Services.AddEventFollower(function.Configuration, "EventsToReadModels");
    function.Services.AddSingleton<ISqsBatchHandler, ReadModelBatchHandler>();
});
