using ServerlessCqrs.CommandApi;
using ServerlessCqrs.CommandApi.Auth;
using ServerlessCqrs.CommandApi.OpenApi;
using ServerlessCqrs.CommandApi.Problems;
using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.CommandApi.Watches;
using ServerlessCqrs.Lambda;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambdaHosting();
builder.AddQuietJsonLogs();
var settings = Settings.From(builder.Configuration);

builder.Services.AddTokenAuthentication(settings);
builder.Services.AddProblemDocuments();
builder.Services.AddBrowserAccess(settings);
builder.Services.AddCommandDocument();
builder.Services.AddCommandSending(settings, builder.Configuration);

var app = builder.Build();
app.UseProblemDocuments();
app.UseResponseHeaders();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapProducts();
app.MapWatches();
app.MapUnsubscribe();
app.MapOpenApi();

await app.RunAsync();
