using ServerlessCqrs.Http;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.QueryApi;
using ServerlessCqrs.QueryApi.Auth;
using ServerlessCqrs.QueryApi.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambdaHosting();
builder.AddQuietJsonLogs();
var tokens = TokenSettings.From(builder.Configuration);

builder.Services.AddEdgeOnly(builder.Configuration);
builder.Services.AddTokenAuthentication(tokens);
builder.Services.AddProblemDocuments();
builder.Services.AddBrowserAccess(tokens);
builder.Services.AddQueryDocument();
builder.Services.AddQueries(builder.Configuration);

var app = builder.Build();
app.UseHeadAsGet();
app.UseProblemDocuments();
app.UseResponseHeaders();
app.UseEdgeOnly();
app.UseRouting();
app.UseSharedServices();
app.UseCors();
app.UsePrivateReadsAsSpelled();
app.UseTokensOnPrivateReads();
app.MapQueries();

await app.RunAsync();
