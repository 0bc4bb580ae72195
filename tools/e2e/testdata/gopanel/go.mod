module gopanel

go 1.26
