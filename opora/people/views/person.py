from django.http import HttpResponse
def people(r): return HttpResponse("x")
def person_page(r, person_id): return HttpResponse("x")
def organization_page(r, organization_id): return HttpResponse("x")
